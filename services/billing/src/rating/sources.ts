import { lateListings } from './late-listing.ts';
import type { PreparedInput } from './prepared-input.ts';
import type { SubscriptionVersion } from './rating-values.ts';
import type { Subject } from './source.ts';
import { subscriptionSources } from './subscription-sources.ts';
import { usageSubjects } from './usage-sources.ts';

const versionsById = (subscriptions: readonly SubscriptionVersion[]): Map<string, SubscriptionVersion[]> => {
  const byId = new Map<string, SubscriptionVersion[]>();
  for (const version of subscriptions) {
    const versions = byId.get(version.id);
    if (versions) versions.push(version);
    else byId.set(version.id, [version]);
  }
  return byId;
};

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
  yield* usageSubjects(input);
}
