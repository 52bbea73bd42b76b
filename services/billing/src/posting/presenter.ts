import type { Actor } from '@legendops/kit/auth/actor';
import { allows } from '@legendops/kit/contract/permissions';
import type { Posting } from '../contract.ts';
import { postingReason } from './posting-reasons.ts';
import type { PostingRow } from './posting-row.ts';

const isOpen = ({ state }: PostingRow): boolean => state === 'posting' || state === 'in-doubt';

export const presentPosting = (row: PostingRow, { role }: Actor): Posting => ({
  state: row.state,
  docNumber: row.doc_number,
  quickBooksId: row.remote_id,
  code: row.code,
  detail: row.detail,
  wayOut: isOpen(row) && allows(role, 'connection.write') ? postingReason(row.code).wayOut : null,
  updatedAt: row.updated_at,
});
