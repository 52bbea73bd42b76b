import type { PostingState } from '../contract.ts';

/** How the newest posting of an invoice stands. */
export interface PostingRow {
  id: string;
  generation: number;
  state: PostingState;
  doc_number: string;
  remote_id: string | null;
  code: string | null;
  detail: string | null;
  updated_at: string;
  /** Whether any try of it may have reached QuickBooks. */
  may_be_there: boolean;
  /** Whether every company that it may be in is connected, so that it is looked for. */
  is_askable: boolean;
}

/** The try before, as far as the next one depends on it. */
export type PostingBefore = Pick<PostingRow, 'generation' | 'doc_number' | 'code'>;
