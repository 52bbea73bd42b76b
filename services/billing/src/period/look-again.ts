import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { askForPeriod, lockPeriod } from './store.ts';

/** What a month has billed is billed no more: the next job looks at it once more, also at a closed one. A skipped one stays so. */
export const lookAgain = async (
  transaction: Transaction,
  scope: Scope,
  asked: { period: string; memberId: string; at: Date },
): Promise<void> => {
  const { askedAt, state } = await lockPeriod(transaction, scope, asked.period);
  if (askedAt === null && state !== 'skipped') await askForPeriod(transaction, asked);
};
