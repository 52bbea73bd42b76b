import { minorDigits } from '@legendops/kit/contract/currency';
import type { RemoteInvoice } from '../quickbooks/quickbooks-company.ts';
import { parseScaled } from '../rating/decimal.ts';
import type { ClaimedPosting } from './claimed-posting.ts';

/** What stands in QuickBooks under one of our numbers: this invoice, this one changed by a person, or somebody else's. */
export type Recognised = { is: 'ours' | 'changed' | 'foreign'; remote: RemoteInvoice };

export const sameTotal = ({ total_minor, currency }: ClaimedPosting, remote: RemoteInvoice): boolean =>
  parseScaled(remote.total, minorDigits(currency)) === total_minor;

/**
 * Finds this invoice among those that have one of its numbers. Its note names it; where a person has edited the note away,
 * the customer does. A new number is taken only when neither can be: a second invoice is worse than one that waits.
 */
export const recognise = (
  posting: ClaimedPosting,
  remotes: readonly RemoteInvoice[],
  remoteCustomerId: string | undefined,
): Recognised | undefined => {
  const named = remotes.find(({ fingerprint }) => fingerprint === posting.invoice_id);
  if (named) return { is: 'ours', remote: named };
  const unnamed = remotes.filter(
    ({ fingerprint, customerId }) => fingerprint === '' && customerId !== undefined && customerId === remoteCustomerId,
  );
  const equal = unnamed.find((remote) => sameTotal(posting, remote));
  if (equal) return { is: 'ours', remote: equal };
  const [changed] = unnamed;
  if (changed) return { is: 'changed', remote: changed };
  const foreign = remotes.find(({ docNumber }) => docNumber === posting.doc_number);
  return foreign && { is: 'foreign', remote: foreign };
};
