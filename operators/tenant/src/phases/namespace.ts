import { isAlreadyThere } from '@legendops/operator-runtime/client/status-error';
import { canonicalQuantity } from '../api/quantity.ts';
import { fieldManager, labels, namespaceOf, type Tenant } from '../api/tenant.ts';
import type { OperatorConfig } from '../config.ts';
import { say } from '../outcome.ts';
import { ensureSteps } from '../owned/ensure-steps.ts';
import type { NameOf, Desired } from '../owned/owned-kinds.ts';
import { ownedLabels, ownedObject } from '../owned/owned-object.ts';
import { pruneUndesired } from '../owned/prune-undesired.ts';
import { namespaces, type Namespace, type ServiceAccount, type Specified } from '../owned/resources.ts';
import { settleAll } from '../owned/settle-all.ts';
import { definePhase, type Facts } from '../phase.ts';
import type { TenantScope } from '../scope.ts';
import { copySteps } from './job-copies.ts';

type Scope = TenantScope & Pick<Facts, 'standing'>;

export const ownerLabel = 'platform.legendops.io/tenant-uid';
export const jobServiceAccount: NameOf<'accounts'> = 'billing-job';

export const desiredNamespace = (tenant: Tenant): Namespace => ({
  metadata: {
    name: namespaceOf(tenant),
    labels: {
      ...ownedLabels(tenant),
      [ownerLabel]: tenant.metadata.uid ?? '',
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'latest',
    },
  },
});

export const desiredQuota = (tenant: Tenant): Specified => {
  const { quota } = tenant.spec.namespace;
  const cpu = canonicalQuantity(String(quota.cpu));
  const memory = canonicalQuantity(String(quota.memory));
  return ownedObject(tenant, 'quotas', 'tenant', {
    spec: {
      hard: {
        'requests.cpu': cpu,
        'limits.cpu': cpu,
        'requests.memory': memory,
        'limits.memory': memory,
        pods: String(quota.pods),
      },
    },
  });
};

/** Without defaults the quota would refuse every pod that states no requests. */
export const desiredLimits = (tenant: Tenant): Specified =>
  ownedObject(tenant, 'limits', 'tenant', {
    spec: {
      limits: [
        {
          type: 'Container',
          default: { cpu: '500m', memory: '256Mi' },
          defaultRequest: { cpu: '50m', memory: '128Mi' },
        },
      ],
    },
  });

// Where no vendor is: the cluster and its neighbours, and the metadata service of a cloud.
const notPublic = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

/** At addresses that nobody knows beforehand, or at stand-ins within the cluster. */
const toVendors = (inCluster: OperatorConfig['jobVendors']) => ({
  to: inCluster?.peers ?? [{ ipBlock: { cidr: '0.0.0.0/0', except: notPublic } }],
  ports: (inCluster?.ports ?? [443]).map((port) => ({ protocol: 'TCP', port })),
});

/** Each once. */
const portsOf = (ports: readonly number[]): { protocol: string; port: number }[] =>
  [...new Set(ports)].map((port) => ({ protocol: 'TCP', port }));

const toCollector = (traces: OperatorConfig['jobTraces']) =>
  traces ? [{ to: traces.peers, ports: portsOf(traces.ports) }] : [];

/**
 * Nothing comes in; out go DNS, the databases, the services that jobs ask, vendors, and the collector of traces where there is
 * one. Both halves, or every pod breaks. One object:
 * its rules add up as those of several would.
 */
export const desiredPolicy = (
  tenant: Tenant,
  config: Pick<OperatorConfig, 'jobDatabases' | 'jobVendors' | 'jobTraces' | 'namespace' | 'podPorts'>,
): Specified =>
  ownedObject(tenant, 'policies', 'tenant', {
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
        { ports: portsOf(Object.values(config.jobDatabases).map(({ port }) => port)) },
        {
          to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': config.namespace } } }],
          ports: portsOf(Object.values(config.podPorts)),
        },
        // usage-sync asks Pax8 itself.
        toVendors(config.jobVendors),
        ...toCollector(config.jobTraces),
      ],
    },
  });

export const desiredServiceAccount = (tenant: Tenant): ServiceAccount =>
  ownedObject(tenant, 'accounts', jobServiceAccount, { automountServiceAccountToken: false });

/** Everything of the namespace that this phase makes. */
const desiredInNamespace = (tenant: Tenant, config: OperatorConfig): Desired<'namespace'> => ({
  quotas: [desiredQuota(tenant)],
  limits: [desiredLimits(tenant)],
  policies: [desiredPolicy(tenant, config)],
  accounts: [desiredServiceAccount(tenant)],
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
const createUnlessThere = async ({ kube, standing }: Scope, desired: Namespace) => {
  // Nobody asks for that of a tenant that was registered a moment ago.
  const existing = standing.isNew ? undefined : await kube.read(namespaces, desired.metadata);
  if (existing) return existing;
  try {
    // Created and not applied: an apply would adopt one that somebody else made since we looked.
    await kube.create(namespaces, desired, { fieldManager });
    return undefined;
  } catch (error) {
    const found = isAlreadyThere(error) && (await kube.read(namespaces, desired.metadata));
    if (!found) throw error;
    return found;
  }
};

/** Everything in the namespace, and the labels of one that was there. */
const fill = async (scope: Scope, desired: Namespace, isNew: boolean): Promise<void> => {
  const { tenant, applier, config } = scope;
  const children = desiredInNamespace(tenant, config);
  await settleAll([
    ...(isNew ? [] : [() => applier.ensure(namespaces, desired)]),
    ...ensureSteps(applier, children, isNew),
    ...copySteps(tenant, config, { applier, isNew }),
  ]);
  // Only once the new ones stand: without any policy the pods would be open.
  if (!isNew) await pruneUndesired(scope, children);
};

/** The namespace of the tenant's jobs with everything that bounds it. One that we did not make is never adopted. */
export const namespacePhase = definePhase({
  name: 'Namespace',
  conditions: ['NamespaceReady'],
  needs: ['standing'],
  finds: ['namespace'],
  run: async (scope) => {
    const { tenant, standing } = scope;
    const desired = desiredNamespace(tenant);
    const { name } = desired.metadata;
    const existing = await createUnlessThere(scope, desired);
    const isOurs =
      !existing || ownsNamespace(tenant, existing) || (standing.isConfirmed && inheritsNamespace(tenant, existing));
    if (!isOurs) return { outcomes: [say('NamespaceReady', 'NamespaceTaken', name)] };
    if (existing?.metadata.deletionTimestamp !== undefined)
      return { outcomes: [say('NamespaceReady', 'NamespaceTerminating', name)] };
    const found = { namespace: { isNew: !existing } };
    try {
      await fill(scope, desired, !existing);
    } catch (error) {
      return { found, failure: error };
    }
    return { found, outcomes: [say('NamespaceReady', 'NamespaceReady')] };
  },
});
