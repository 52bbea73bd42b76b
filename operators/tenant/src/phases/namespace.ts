import { isAlreadyThere } from '@legendops/operator-runtime/client/status-error';
import { fieldManager, labels, namespaceOf, type Tenant } from '../api/tenant.ts';
import type { OperatorConfig } from '../config.ts';
import { done, needsPerson, waiting, type Phase, type TenantScope } from '../scope.ts';
import { canonicalQuantity } from '../api/quantity.ts';
import { settleAll } from '../owned/settle-all.ts';
import {
  limitRanges,
  namespaces,
  networkPolicies,
  resourceQuotas,
  serviceAccounts,
  type Namespace,
  type ServiceAccount,
  type Specified,
} from '../owned/resources.ts';

const type = 'NamespaceReady';
export const ownerLabel = 'platform.legendops.io/tenant-uid';
export const jobServiceAccount = 'billing-job';

export const childLabels = (tenant: Tenant): Record<string, string> => ({
  [labels.tenant]: tenant.metadata.name,
  [labels.managedBy]: fieldManager,
});

export const desiredNamespace = (tenant: Tenant): Namespace => ({
  metadata: {
    name: namespaceOf(tenant),
    labels: {
      ...childLabels(tenant),
      [ownerLabel]: tenant.metadata.uid ?? '',
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'latest',
    },
  },
});

const child = (tenant: Tenant, name: string) => ({ name, namespace: namespaceOf(tenant), labels: childLabels(tenant) });

export const desiredQuota = (tenant: Tenant): Specified => {
  const { quota } = tenant.spec.namespace;
  const cpu = canonicalQuantity(String(quota.cpu));
  const memory = canonicalQuantity(String(quota.memory));
  return {
    metadata: child(tenant, 'tenant'),
    spec: {
      hard: {
        'requests.cpu': cpu,
        'limits.cpu': cpu,
        'requests.memory': memory,
        'limits.memory': memory,
        pods: String(quota.pods),
      },
    },
  };
};

/** Without defaults the quota would refuse every pod that states no requests. */
export const desiredLimits = (tenant: Tenant): Specified => ({
  metadata: child(tenant, 'tenant'),
  spec: {
    limits: [
      { type: 'Container', default: { cpu: '500m', memory: '256Mi' }, defaultRequest: { cpu: '50m', memory: '128Mi' } },
    ],
  },
});

// Where no vendor is: the cluster and its neighbours, and the metadata service of a cloud.
const notPublic = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

/**
 * Nothing comes in; out go DNS, the database, the billing service and vendors. Both halves, or every pod breaks. One object:
 * its rules add up as those of several would.
 */
export const desiredPolicy = (
  tenant: Tenant,
  config: Pick<OperatorConfig, 'jobDatabase' | 'namespace' | 'billingPodPort'>,
): Specified => ({
  metadata: child(tenant, 'tenant'),
  spec: {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    // What is empty is said: an ingress rule that somebody adds would open the tenant's pods.
    ingress: [],
    egress: [
      {
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
        ports: [
          { protocol: 'UDP', port: 53 },
          { protocol: 'TCP', port: 53 },
        ],
      },
      { ports: [{ protocol: 'TCP', port: config.jobDatabase.port }] },
      {
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': config.namespace } } }],
        ports: [{ protocol: 'TCP', port: config.billingPodPort }],
      },
      // usage-sync asks Pax8 itself, at addresses that nobody knows beforehand.
      { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: notPublic } }], ports: [{ protocol: 'TCP', port: 443 }] },
    ],
  },
});

export const desiredServiceAccount = (tenant: Tenant): ServiceAccount => ({
  metadata: child(tenant, jobServiceAccount),
  automountServiceAccountToken: false,
});

export const ownsNamespace = (tenant: Tenant, namespace: Namespace): boolean =>
  namespace.metadata.labels?.[ownerLabel] === tenant.metadata.uid;

/**
 * Whether the namespace was made for a Tenant of this name that is gone: there is one of a name at a time, and this one has
 * taken its tenant over.
 */
const inheritsNamespace = (tenant: Tenant, { metadata }: Namespace): boolean =>
  metadata.labels?.[labels.tenant] === tenant.metadata.name &&
  metadata.labels[labels.managedBy] === fieldManager &&
  metadata.labels[ownerLabel] !== undefined;

/** Makes the namespace; the one that is there when it is. */
const createUnlessThere = async ({ kube, isNewTenant }: TenantScope, wanted: Namespace) => {
  // Nobody asks for that of a tenant that was registered a moment ago.
  const existing = isNewTenant ? undefined : await kube.read(namespaces, wanted.metadata);
  if (existing) return existing;
  try {
    // Created and not applied: an apply would adopt one that somebody else made since we looked.
    await kube.create(namespaces, wanted, { fieldManager });
    return undefined;
  } catch (error) {
    const found = isAlreadyThere(error) && (await kube.read(namespaces, wanted.metadata));
    if (!found) throw error;
    return found;
  }
};

/** Policies of ours that are no longer wanted, such as those of an older operator: what they allow adds to what is wanted. */
const prunePolicies = async ({ kube, tenant, owned }: TenantScope, wanted: Specified): Promise<void> => {
  const namespace = namespaceOf(tenant);
  const labelSelector = `${labels.managedBy}=${fieldManager}`;
  const all =
    owned(networkPolicies, namespace) ?? (await kube.list(networkPolicies, { labelSelector }, namespace)).items;
  for (const { metadata } of all)
    if (metadata.name !== wanted.metadata.name)
      await kube.remove(networkPolicies, metadata, { uid: metadata.uid ?? '' });
};

/** The namespace of the tenant's jobs with everything that bounds it. One that we did not make is never adopted. */
export const namespacePhase: Phase = async (scope) => {
  const { tenant, applier, config } = scope;
  const wanted = desiredNamespace(tenant);
  const existing = await createUnlessThere(scope, wanted);
  const isOurs =
    !existing ||
    ownsNamespace(tenant, existing) ||
    (scope.tenantId !== undefined && inheritsNamespace(tenant, existing));
  if (!isOurs) {
    return [
      needsPerson(
        type,
        'NamespaceTaken',
        `The namespace ${wanted.metadata.name} was not made for this tenant; remove it or choose another name`,
      ),
    ];
  }
  if (existing?.metadata.deletionTimestamp !== undefined) {
    return [
      waiting(
        type,
        'NamespaceTerminating',
        `The namespace ${wanted.metadata.name} is being removed; it is made again when it is gone`,
      ),
    ];
  }
  scope.isNewNamespace = !existing;
  scope.hasNamespace = true;
  const isNew = { isNew: !existing };
  const policy = desiredPolicy(tenant, config);
  await settleAll([
    () => (existing ? applier.ensure(namespaces, wanted) : Promise.resolve()),
    () => applier.ensure(resourceQuotas, desiredQuota(tenant), isNew),
    () => applier.ensure(limitRanges, desiredLimits(tenant), isNew),
    () => applier.ensure(networkPolicies, policy, isNew),
    () => applier.ensure(serviceAccounts, desiredServiceAccount(tenant), isNew),
  ]);
  // Only once the new one stands: without any policy the pods would be open.
  if (existing) await prunePolicies(scope, policy);
  return [done(type, 'NamespaceReady')];
};
