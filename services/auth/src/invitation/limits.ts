import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { countMailings, recordMailing } from './store.ts';

/** Of 24 hours. Whoever invites makes us write to a stranger: a mistake or two are corrected, nobody is written to more. */
export const mostToAnAddress = 3;
export const mostOfATenant = 200;

const refusal = (detail: string, seconds: number) =>
  problem('invitation.limit-reached', { detail, headers: { 'retry-after': Math.max(1, seconds).toString() } });

/** What is written behind a plus leads into the same mailbox with most who take mail. */
const mailboxOf = (email: string): string => email.replace(/\+[^@]*@/, '@');

/** Counts one mailing more, or throws invitation.limit-reached; behind the lock of the tenant's members, so none slips through. */
export const takeMailing = async (transaction: Transaction, scope: Scope, email: string): Promise<void> => {
  const mailbox = mailboxOf(email);
  const counts = await countMailings(transaction, mailbox);
  if (counts.address >= mostToAnAddress)
    throw refusal(`An address gets ${mostToAnAddress} at most; ask the person to look for them`, counts.address_wait);
  if (counts.tenant >= mostOfATenant)
    throw refusal(`An organisation sends ${mostOfATenant} at most; go on tomorrow`, counts.tenant_wait);
  await recordMailing(transaction, scope, mailbox);
};
