import { sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';

/** In the transaction that changes what the member may do: the next session begins with what holds then. */
export const endSessionsOf = (transaction: Transaction, memberId: string): Promise<number> =>
  transaction.change(sql`update auth.sessions set ended_at = now() where member_id = ${memberId} and ended_at is null`);
