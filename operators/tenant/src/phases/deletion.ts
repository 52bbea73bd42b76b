import { isConflict } from '@legendops/operator-runtime/client/status-error';
import { annotations, namespaceOf, type Tenant } from '../api/tenant.ts';
import type { DatabaseName } from '../config.ts';
import { LoginInUse } from '../postgres/logins.ts';
import { blocked, type PhaseOutcome, type TenantScope } from '../scope.ts';
import { jobNames } from './billing.ts';
import { ownsNamespace } from './namespace.ts';
import { uuid } from './registered.ts';
import { cronJobs, jobs, namespaces } from './resources.ts';

const databases: readonly DatabaseName[] = ['portal_db', 'auth_db', 'billing_db', 'catalog_db'];
const jobsMayRunMs = 10 * 60_000;
const lookAgainMs = 2_000;

export type DeletionOutcome = { finished: true } | { finished: false; blocker: PhaseOutcome };

const blockedBy = (reason: string, message: string): DeletionOutcome => ({
  finished: false,
  blocker: blocked('Ready', reason, message, lookAgainMs),
});

/** Suspends the CronJobs and says how many Jobs still run. */
const quiesce = async ({ kube, tenant }: TenantScope): Promise<number> => {
  const namespace = namespaceOf(tenant);
  const found = await kube.read(namespaces, { name: namespace });
  // What runs in a namespace of somebody else is not ours to stop.
  if (!found || !ownsNamespace(tenant, found)) return 0;
  for (const name of Object.values(jobNames)) {
    const cronJob = await kube.read(cronJobs, { name, namespace });
    if (cronJob && cronJob.spec.suspend !== true)
      await kube.mergePatch(cronJobs, { name, namespace }, { spec: { suspend: true } });
  }
  const { items } = await kube.list(jobs, {}, namespace);
  return items.filter((job) => (job.status?.active ?? 0) > 0).length;
};

const stillMayRun = ({ tenant, now }: TenantScope): boolean =>
  now().getTime() - new Date(tenant.metadata.deletionTimestamp ?? 0).getTime() < jobsMayRunMs;

const removeCredentials = async ({ logins, vault, tenant }: TenantScope, tenantId: string): Promise<void> => {
  await logins.disable(tenantId, 'a');
  await logins.disable(tenantId, 'b');
  await logins.dropBoth(tenantId);
  if (tenant.spec.deletionPolicy === 'Retain') await vault.disable(tenantId);
  else await vault.remove(tenantId);
};

const settleRegistry = async ({ registry, tenant }: TenantScope, tenantId: string): Promise<void> => {
  const uid = tenant.metadata.uid ?? '';
  for (const database of databases) {
    if (tenant.spec.deletionPolicy === 'Retain') await registry.setState(database, tenantId, uid, 'retained');
    else await registry.remove(database, tenantId, uid);
  }
};

const removeNamespace = async ({ kube, tenant }: TenantScope): Promise<DeletionOutcome> => {
  const name = namespaceOf(tenant);
  const namespace = await kube.read(namespaces, { name });
  // One that was not made for this tenant stays.
  if (!namespace || !ownsNamespace(tenant, namespace)) return { finished: true };
  if (namespace.metadata.deletionTimestamp === undefined) {
    try {
      await kube.remove(namespaces, { name }, { uid: namespace.metadata.uid ?? '' });
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
    return blockedBy('NamespaceTerminating', `Waiting until the namespace ${name} is gone`);
  }
  const reasons = (namespace.status?.conditions ?? [])
    .filter(({ status }) => status === 'True')
    .map(({ message }) => message)
    .filter(Boolean);
  return blockedBy(
    'NamespaceTerminating',
    `Waiting until the namespace ${name} is gone${reasons.length > 0 ? `: ${reasons.join('; ')}` : ''}`,
  );
};

/**
 * Ids under which a pass may have made something, whether or not it came to write the status. They are hints: people
 * can edit them, so only what the registry knows as this resource's is touched.
 */
const candidates = ({ metadata, status }: Tenant): Set<string> => {
  const hints = [
    status?.tenantId,
    metadata.annotations?.[annotations.claim],
    metadata.annotations?.[annotations.adopt],
  ];
  return new Set(hints.flatMap((hint) => (hint !== undefined && uuid.test(hint) ? [hint] : [])));
};

/** Closes the tenant for every service at once. False where no database has it as this resource's. */
const close = async (scope: TenantScope, tenantId: string): Promise<boolean> => {
  const { tenant, registry, logins } = scope;
  const { a, b } = await logins.observe(tenantId);
  // Without logins a retained tenant was settled before: it is not set back for a moment in every pass.
  const state = tenant.spec.deletionPolicy === 'Delete' || a.exists || b.exists ? 'deleting' : 'retained';
  let ours = false;
  for (const database of databases)
    ours = (await registry.setState(database, tenantId, tenant.metadata.uid ?? '', state)) || ours;
  return ours;
};

/** Undoes everything in the order that never leaves a login without an owner; repeatable from any point. */
export const deleteTenant = async (scope: TenantScope): Promise<DeletionOutcome> => {
  const running = await quiesce(scope);
  if (running > 0 && stillMayRun(scope))
    return blockedBy('JobsRunning', `Waiting for ${running} running job(s) of the tenant`);
  for (const tenantId of candidates(scope.tenant)) {
    if (!(await close(scope, tenantId))) continue;
    try {
      await removeCredentials(scope, tenantId);
    } catch (error) {
      if (error instanceof LoginInUse) return blockedBy(error.name, error.message);
      throw error;
    }
    await settleRegistry(scope, tenantId);
  }
  return removeNamespace(scope);
};
