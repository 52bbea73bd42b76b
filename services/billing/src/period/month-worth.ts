import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Money } from '../contract.ts';
import { exceptionKind } from '../exception/exception-kinds.ts';
import { readRatingInput } from '../invoice/draft-input.ts';
import type { Period } from '../rating/period.ts';
import { rate } from '../rating/rate.ts';

/** What a month would be billed with now, and what could not be billed of it, by currency: what is lost where nobody bills it. */
export const monthWorth = async (
  database: TenantDatabase,
  scope: Scope,
  { period, currency }: { period: Period; currency: string },
): Promise<Money[]> => {
  const { drafts, exceptions } = rate({ ...(await readRatingInput(database, scope, period)), period, currency });
  const sums = new Map<string, bigint>();
  const add = (minor: bigint, of: string): void => void sums.set(of, (sums.get(of) ?? 0n) + minor);
  for (const { totalMinor } of drafts) add(totalMinor, currency);
  for (const { code, amount } of exceptions)
    if (amount && !exceptionKind(code).isBilled) add(amount.minor, amount.currency);
  return [...sums]
    .filter(([, minor]) => minor !== 0n)
    .map(([of, minor]) => ({ amountMinor: minor.toString(), currency: of }))
    .toSorted((one, other) => one.currency.localeCompare(other.currency));
};
