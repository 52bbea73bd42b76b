import { lateListings } from './late-listing.ts';
import type { PreparedInput } from './prepared-input.ts';
import type { SubscriptionVersion, UsageTotal } from './rating-values.ts';
import type { Source, Subject } from './source.ts';
import { subscriptionSources } from './subscription-sources.ts';

const versionsById = (subscriptions: readonly SubscriptionVersion[]): Map<string, SubscriptionVersion[]> => {
  const byId = new Map<string, SubscriptionVersion[]>();
  for (const version of subscriptions) {
    const versions = byId.get(version.id);
    if (versions) versions.push(version);
    else byId.set(version.id, [version]);
  }
  return byId;
};

/** Whether a key has not come before. Of those that come in their order, as they mostly do, none is looked up. */
const newKeys = (): ((key: string) => boolean) => {
  const inOrder: string[] = [];
  let known: Set<string> | undefined;
  return (key) => {
    const last = inOrder.at(-1);
    if (!known && (last === undefined || key > last)) {
      inOrder.push(key);
      return true;
    }
    known ??= new Set(inOrder);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  };
};

const once = { days: 1, of: 1 };

const usageSource = (used: UsageTotal, { period }: PreparedInput): Source => ({
  subjectKey: `usage:${used.summaryId}:${used.companyId}`,
  companyId: used.companyId,
  productId: used.productId,
  // One summary may be several companies', and in several currencies. Summary and product lead: see use.ts.
  sourceKey: `usage:${used.summaryId}:${used.productId}:${used.resourceGroup}:${used.unitOfMeasure}:${used.currency}:${used.companyId}:${period.start}${used.from === period.start ? '' : `:${used.from}`}`,
  description: [used.productName, used.resourceGroup].filter(Boolean).join(', '),
  quantityE6: used.quantityE6,
  costE8: used.partnerTotalE8,
  share: once,
  currency: used.currency,
  billingTerm: 'usage',
  priceOn: used.from,
  startedOn: null,
});

/**
 * Everything that the period may bill: each subscription, and each usage that is not nothing. One at a time: of a large
 * organisation they are too many to be all there at once.
 */
export function* subjectsOf(input: PreparedInput): Generator<Subject> {
  const late = lateListings(input.subscriptions);
  for (const [id, versions] of versionsById(input.subscriptions))
    yield {
      subjectKey: `subscription:${id}`,
      productName: versions.at(-1)?.productName ?? id,
      sources: () => subscriptionSources(versions, input, late.get(id)),
    };
  const isNew = newKeys();
  for (const used of input.usage) {
    if (used.quantityE6 === 0n && used.partnerTotalE8 === 0n) continue;
    const source = usageSource(used, input);
    yield {
      subjectKey: source.subjectKey,
      productName: used.productName,
      sources: () => {
        if (!isNew(source.sourceKey)) throw new Error('one use is there twice');
        return { things: [[source]], exceptions: [] };
      },
    };
  }
}
