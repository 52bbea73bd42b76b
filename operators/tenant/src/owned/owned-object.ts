import { fieldManager, labels, namespaceOf, type Tenant } from '../api/tenant.ts';
import type { NameOf, ObjectOf, OwnedKindName } from './owned-kinds.ts';

/** By which everything of a tenant is found. */
export const ownedLabels = (tenant: Tenant): Record<string, string> => ({
  [labels.tenant]: tenant.metadata.name,
  [labels.managedBy]: fieldManager,
});

/** An object in the tenant's namespace, of a kind that we own and under one of its names. */
export const ownedObject = <Kind extends OwnedKindName>(
  tenant: Tenant,
  _kind: Kind,
  name: NameOf<Kind>,
  parts: Omit<ObjectOf<Kind>, 'metadata'>,
) => ({ metadata: { name, namespace: namespaceOf(tenant), labels: ownedLabels(tenant) }, ...parts });
