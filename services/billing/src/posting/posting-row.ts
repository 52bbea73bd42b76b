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
}
