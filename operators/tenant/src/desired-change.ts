import type { Condition } from '@legendops/operator-runtime/controller/conditions';
import type { Change } from '@legendops/operator-runtime/reflector/object-cache';
import { annotations, finalizer, type Tenant } from './api/tenant.ts';
import { shared } from './shared.ts';

// What a person desires. Our own status writes must not wake us up, nor the finalizer and the claim that we set.
const desiredOf = ({
  metadata: { generation, deletionTimestamp, annotations: all = {}, finalizers = [] },
}: Tenant): string =>
  JSON.stringify([
    generation,
    deletionTimestamp,
    Object.entries(all).filter(([name]) => name !== annotations.claim),
    finalizers.filter((name) => name !== finalizer),
  ]);

const ownFieldsOf = ({ metadata }: Tenant): [boolean, string | undefined] => [
  metadata.finalizers?.includes(finalizer) ?? false,
  metadata.annotations?.[annotations.claim],
];

/** Somebody took away what lets us find and undo what was made for the tenant. */
const lostOwnFields = (before: Tenant, after: Tenant): boolean => {
  const [hadFinalizer, claimed] = ownFieldsOf(before);
  const [hasFinalizer, claims] = ownFieldsOf(after);
  return (hadFinalizer && !hasFinalizer) || (claimed !== undefined && claims !== claimed);
};

export const isDesiredChange = ({ type, object, previous }: Change<Tenant>): boolean =>
  type !== 'updated' ||
  previous === undefined ||
  desiredOf(previous) !== desiredOf(object) ||
  lostOwnFields(previous, object);

/**
 * A pass reads the tenant anew: here stands what is desired of it, and what tells of its connections and conditions. Since when a
 * condition holds is asked of those that are not true alone.
 */
export const keepDesired = () => {
  const parsed = shared((text): unknown => JSON.parse(text));
  const asKept = ({ type, status, reason, lastTransitionTime }: Condition): unknown =>
    parsed(JSON.stringify({ type, status, reason, ...(status !== 'True' && { lastTransitionTime }) }));
  return ({ metadata, status }: Tenant): Tenant => {
    const { name, uid, resourceVersion, generation, creationTimestamp, deletionTimestamp } = metadata;
    return {
      metadata: {
        name,
        uid,
        resourceVersion,
        generation,
        creationTimestamp,
        ...(deletionTimestamp !== undefined && { deletionTimestamp }),
        ...(metadata.annotations && { annotations: metadata.annotations }),
        ...(metadata.finalizers && { finalizers: parsed(JSON.stringify(metadata.finalizers)) }),
      },
      status: status && {
        ...(status.tenantId !== undefined && { tenantId: status.tenantId }),
        conditions: (status.conditions ?? []).map(asKept),
      },
    } as Tenant;
  };
};
