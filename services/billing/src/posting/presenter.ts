import type { Actor } from '@legendops/kit/auth/actor';
import { allows, type Permission } from '@legendops/kit/contract/permissions';
import type { Posting, WayOut } from '../contract.ts';
import { postingReason } from './posting-reasons.ts';
import type { PostingRow } from './posting-row.ts';

const neededFor: Partial<Record<WayOut, Permission>> = { connections: 'connection.write', links: 'link.write' };

/** Where this person can do something about one that is not in QuickBooks. */
const wayOutFor = ({ state, code }: PostingRow, { role }: Actor): WayOut | null => {
  const { wayOut } = postingReason(code);
  if (state === 'posted' || wayOut === null) return null;
  const needed = neededFor[wayOut];
  return needed === undefined || allows(role, needed) ? wayOut : null;
};

export const presentPosting = (row: PostingRow, actor: Actor): Posting => ({
  state: row.state,
  docNumber: row.doc_number,
  quickBooksId: row.remote_id,
  code: row.code,
  detail: row.detail,
  wayOut: wayOutFor(row, actor),
  updatedAt: row.updated_at,
});
