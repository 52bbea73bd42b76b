import type { QuickBooksAccount } from '../quickbooks/quickbooks-account.ts';
import type { QuickBooksSale } from '../quickbooks/sale.ts';
import type { SeenEntry } from './record-entries.ts';

/** What has the number of those that are not there any more, by posting. */
export const insteadOf = async (
  account: Pick<QuickBooksAccount, 'salesByNumber'>,
  seen: readonly SeenEntry[],
): Promise<Map<string, QuickBooksSale>> => {
  const instead = new Map<string, QuickBooksSale>();
  for (const { posted, sale } of seen) {
    if (sale) continue;
    const [other] = await account.salesByNumber(posted.kind, [posted.docNumber]);
    if (other) instead.set(posted.postingId, other);
  }
  return instead;
};
