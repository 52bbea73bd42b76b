import type { KubeObject } from '@legendops/operator-runtime/client/resource';
import { prune } from '@legendops/operator-runtime/controller/prune';
import { fieldManager, namespaceOf, tenants } from '../api/tenant.ts';
import type { TenantScope } from '../scope.ts';
import { ownedKinds, type OwnedKind, type OwnedKindName } from './owned-kinds.ts';
import { ownedLabels } from './owned-object.ts';

type DesiredOfKinds = Partial<Record<OwnedKindName, readonly KubeObject[]>>;

const pruneKind = async (
  { kube, owned, tenant, events }: Pick<TenantScope, 'kube' | 'owned' | 'tenant' | 'events'>,
  kind: OwnedKind,
  desired: readonly KubeObject[],
): Promise<void> => {
  const namespace = namespaceOf(tenant);
  const names = new Set(desired.map(({ metadata }) => metadata.name));
  // What a watch may have missed is not known, and a look at the next pass is soon enough.
  for (const { metadata } of owned(kind, namespace) ?? []) {
    if (names.has(metadata.name)) continue;
    const key = { name: metadata.name, namespace };
    if (!(await prune({ client: kube, fieldManager, labels: ownedLabels(tenant) }, kind.resource, key))) continue;
    events.record(tenants, tenant, {
      type: 'Normal',
      reason: 'Pruned',
      action: 'Prune',
      note: `${kind.resource.kind} ${namespace}/${metadata.name} is no longer desired and was removed: an operator of another version had made it`,
    });
  }
};

/**
 * Removes what has our labels, was written by us and is no longer desired, such as a CronJob that an operator of this version
 * calls by another name. For who knows all that is desired of these kinds, once it stands.
 */
export const pruneUndesired = async (
  scope: Pick<TenantScope, 'kube' | 'owned' | 'tenant' | 'events'>,
  desired: DesiredOfKinds,
): Promise<void> => {
  for (const [name, objects] of Object.entries(desired) as [OwnedKindName, readonly KubeObject[]][]) {
    const kind: OwnedKind = ownedKinds[name];
    if (kind.prunes) await pruneKind(scope, kind, objects);
  }
};
