import { randomUUID } from 'node:crypto';
import { ClientAssertionCredential } from '@azure/identity';
import { readFile } from 'node:fs/promises';
import { databases } from '@legendops/kit/config/databases';
import { inLanes } from '@legendops/kit/jobs/in-lanes';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import {
  annotations,
  fieldManager,
  finalizer,
  namespaceOf,
  statusManager,
  tenants,
  type Tenant,
} from '@legendops/tenant-operator/api/tenant';
import { aspects, gatesReady } from '@legendops/tenant-operator/api/conditions';
import { jobNames } from '@legendops/tenant-operator/api/jobs';
import { readOperatorConfig, type OperatorConfig } from '@legendops/tenant-operator/config';
import { desiredCronJob } from '@legendops/tenant-operator/phases/billing';
import { desiredDatabaseSecret } from '@legendops/tenant-operator/phases/credentials';
import {
  desiredLimits,
  desiredNamespace,
  desiredPolicy,
  desiredQuota,
  desiredServiceAccount,
} from '@legendops/tenant-operator/phases/namespace';
import {
  cronJobs,
  limitRanges,
  namespaces,
  networkPolicies,
  resourceQuotas,
  secrets,
  serviceAccounts,
} from '@legendops/tenant-operator/owned/resources';
import { claimFor } from '@legendops/tenant-operator/api/tenant-id';
import { createProvisioners, type Provisioners } from '@legendops/tenant-operator/postgres/provisioners';
import { createRegistry } from '@legendops/tenant-operator/postgres/registry';
import { creation, loginOf } from '@legendops/tenant-operator/postgres/logins';
import { scramVerifier } from '@legendops/kit/config/scram-verifier';
import { createTenantVault, type TenantVault } from '@legendops/tenant-operator/vault/tenant-vault';
import { vaultClients } from '@legendops/tenant-operator/vault/vault-clients';
import { wantedTenant } from './bench-tenants.ts';
import type { Surroundings } from './surroundings.ts';

const events: Resource = { apiVersion: 'events.k8s.io/v1', kind: 'Event', plural: 'events', namespaced: true };

interface Floor extends Pick<Surroundings, 'kube'> {
  config: OperatorConfig;
  provisioners: Provisioners;
  vault: TenantVault;
  verifier: string;
}

// No operator works here that could be lost.
const cluster = randomUUID();

const writeLogins = async ({ provisioners, verifier }: Floor, tenantId: string): Promise<void> => {
  const [a, b] = [loginOf(tenantId, 'a'), loginOf(tenantId, 'b')];
  await provisioners.on(provisioners.of(tenantId), 'billing_db', async (client) => {
    await client.query(`begin; ${[...creation(a), ...creation(b)].join('; ')}; commit`);
    await client.query(`alter role ${a} login password '${verifier}'`);
  });
};

const writeChildren = async ({ kube, config }: Floor, tenant: Tenant, tenantId: string): Promise<void> => {
  const apply = <Kind extends KubeObject>(resource: Resource<Kind>, object: Kind): Promise<Kind> =>
    kube.apply(resource, object, { fieldManager, force: true });
  const credential = {
    slot: 'a',
    state: 'current',
    password: 'x',
    version: '',
    createdAt: new Date(),
    currentSince: undefined,
    rotate: '',
    owner: undefined,
  } as const;
  await kube.create(namespaces, desiredNamespace(tenant), { fieldManager });
  await apply(resourceQuotas, desiredQuota(tenant));
  await apply(limitRanges, desiredLimits(tenant));
  await apply(networkPolicies, desiredPolicy(tenant, config));
  await apply(serviceAccounts, desiredServiceAccount(tenant));
  await apply(secrets, desiredDatabaseSecret(tenant, { tenantId, credential, databases: config.jobDatabases }));
  for (const job of jobNames) await apply(cronJobs, desiredCronJob(tenant, { tenantId, job, config }));
};

const statusOf = (tenant: Tenant, tenantId: string): object => ({
  tenantId,
  namespace: namespaceOf(tenant),
  observedGeneration: 1,
  database: { activeSlot: 'a', rotatedAt: '2026-01-01T00:00:00Z', nextRotationAt: '2026-02-01T00:00:00Z' },
  conditions: ['Ready', ...aspects.filter(gatesReady)].map((type) => ({
    type,
    status: 'True',
    reason: 'Done',
    message: '',
    lastTransitionTime: '2026-01-01T00:00:00Z',
    observedGeneration: 1,
  })),
});

/** As the operator's recorder writes it. */
const eventOf = ({ metadata }: Tenant) => ({
  apiVersion: events.apiVersion,
  kind: events.kind,
  metadata: { name: `${metadata.name}.${randomUUID()}`, namespace: 'default' },
  eventTime: '2026-01-01T00:00:00.000000Z',
  type: 'Normal',
  reason: 'Ready',
  action: 'Reconcile',
  note: 'Ready',
  regarding: { apiVersion: tenants.apiVersion, kind: tenants.kind, name: metadata.name, uid: metadata.uid },
  reportingController: fieldManager,
  reportingInstance: fieldManager,
});

/** One tenant's writes, those that the operator makes and no other, one after the other and without a question. */
const writeTenant = async (floor: Floor, name: string): Promise<void> => {
  const { kube, provisioners, vault } = floor;
  const tenantId = randomUUID();
  const created = await kube.create(tenants, wantedTenant(name));
  const patch = {
    metadata: { finalizers: [finalizer], annotations: { [annotations.claim]: claimFor(created, tenantId) } },
  };
  const tenant = await kube.mergePatch(tenants, { name }, patch);
  const registry = createRegistry(provisioners);
  const owner = created.metadata.uid ?? '';
  const registration = { name, ownerUid: owner, spec: created.spec, cluster };
  for (const database of databases) await registry.register(database, tenantId, registration);
  await registry.setDirectories(tenantId, created.spec.directories);
  await registry.inviteAdmins(tenantId, created.spec.admins);
  await writeLogins(floor, tenantId);
  const password = 'x'.repeat(43);
  const credential = await vault.begin(tenantId, { slot: 'a', password, rotate: '', owner, now: new Date() });
  await writeChildren(floor, tenant, tenantId);
  await vault.markCurrent(tenantId, credential, { now: new Date(), owner });
  await kube.apply(tenants, { metadata: { name }, status: statusOf(tenant, tenantId) } as unknown as Tenant, {
    fieldManager: statusManager,
    force: true,
    subresource: 'status',
  });
  await kube.create(events, eventOf(tenant));
};

/** Seconds that the bare writes of so many tenants take, as many tenants at once as the operator has workers. */
export const measureFloor = async (
  { kube, environment }: Surroundings,
  { names, lanes }: { names: readonly string[]; lanes: number },
): Promise<number> => {
  const config = readOperatorConfig({ ...environment, MANAGEMENT_PORT: '8080' });
  const provisioners = createProvisioners(config);
  const {
    AZURE_TENANT_ID = '',
    AZURE_CLIENT_ID = '',
    AZURE_FEDERATED_TOKEN_FILE = '',
    AZURE_AUTHORITY_HOST = '',
  } = environment;
  const signIn = new ClientAssertionCredential(
    AZURE_TENANT_ID,
    AZURE_CLIENT_ID,
    () => readFile(AZURE_FEDERATED_TOKEN_FILE, 'utf8'),
    { authorityHost: AZURE_AUTHORITY_HOST, disableInstanceDiscovery: true },
  );
  const floor: Floor = {
    kube,
    config,
    provisioners,
    vault: createTenantVault(vaultClients(config, signIn)),
    verifier: await scramVerifier('x'),
  };
  try {
    const start = performance.now();
    await inLanes(names, lanes, (name) => writeTenant(floor, name));
    return (performance.now() - start) / 1_000;
  } finally {
    await provisioners.close();
  }
};
