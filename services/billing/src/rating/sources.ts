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

const usageSource = (used: UsageTotal, { period }: PreparedInput): Source => ({
  subjectKey: `usage:${used.summaryId}:${used.companyId}`,
  companyId: used.companyId,
  productId: used.productId,
  // One summary may be several companies', and in several currencies. Summary and product lead: see use.ts.
  sourceKey: `usage:${used.summaryId}:${used.productId}:${used.resourceGroup}:${used.unitOfMeasure}:${used.currency}:${used.companyId}:${period.start}${used.from === period.start ? '' : `:${used.from}`}`,
  description: [used.productName, used.resourceGroup].filter(Boolean).join(', '),
  quantityE6: used.quantityE6,
  costE8: used.partnerTotalE8,
  share: { days: 1, of: 1 },
  currency: used.currency,
  billingTerm: 'usage',
  priceOn: used.from,
  startedOn: null,
});

/** Everything that the period may bill: each subscription, and each usage that is not nothing. */
export const subjectsOf = (input: PreparedInput): Subject[] => {
  const late = lateListings(input.subscriptions);
  const usageKeys = new Set<string>();
  const usageThings = (used: UsageTotal): Source[][] => {
    const source = usageSource(used, input);
    if (usageKeys.has(source.sourceKey)) throw new Error('one use is there twice');
    usageKeys.add(source.sourceKey);
    return [[source]];
  };
  return [
    ...[...versionsById(input.subscriptions)].map(([id, versions]) => ({
      subjectKey: `subscription:${id}`,
      productName: versions.at(-1)?.productName ?? id,
      sources: () => subscriptionSources(versions, input, late.get(id)),
    })),
    ...input.usage
      .filter(({ quantityE6, partnerTotalE8 }) => quantityE6 !== 0n || partnerTotalE8 !== 0n)
      .map((used) => ({
        subjectKey: `usage:${used.summaryId}:${used.companyId}`,
        productName: used.productName,
        sources: () => ({ things: usageThings(used), exceptions: [] }),
      })),
  ];
};
