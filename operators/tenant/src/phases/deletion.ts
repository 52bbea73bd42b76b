import { isConflict } from '@legendops/operator-runtime/client/status-error';
import { annotations, namespaceOf, tenants, type Tenant } from '../api/tenant.ts';
import type { DatabaseName } from '../config.ts';
import { LoginRefusal } from '../postgres/login-refusal.ts';
import { blocked, type PhaseOutcome, type TenantScope } from '../scope.ts';
import { jobNames } from './billing.ts';
import { ownerLabel, ownsNamespace } from './namespace.ts';
import { cronJobs, jobs, namespaces } from './resources.ts';
import { claimOf, uuid } from './tenant-id.ts';

const databases: readonly DatabaseName[] = ['portal_db', 'auth_db', 'billing_db', 'catalog_db'];
const jobsMayRunMs = 10 * 60_000;
const soonestMs = 2_000;
const latestMs = 60_000;

export type DeletionOutcome = { finished: true } | { finished: false; blocker: PhaseOutcome };

const deletingForMs = ({ tenant, now }: TenantScope): number =>
  now().getTime() - new Date(tenant.metadata.deletionTimestamp ?? 0).getTime();

/** The longer it has waited, the longer it may wait again: what did not go within minutes waits for a person. */
const blockedBy = (scope: TenantScope, reason: string, message: string): DeletionOutcome => ({
  finished: false,
  blocker: blocked('Ready', reason, message, Math.min(latestMs, Math.max(soonestMs, deletingForMs(scope) / 5))),
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

const removeNamespace = async (scope: TenantScope): Promise<DeletionOutcome> => {
  const { kube, tenant, events } = scope;
  const name = namespaceOf(tenant);
  const namespace = await kube.read(namespaces, { name });
  if (!namespace) return { finished: true };
  if (!ownsNamespace(tenant, namespace)) {
    // One that was not made for this tenant stays; nor is it known whether it was, once its label is gone.
    events.record(tenants, tenant, {
      type: 'Warning',
      reason: 'NamespaceLeft',
      action: 'Delete',
      note: `The namespace ${name} stays: it has no label ${ownerLabel}=${tenant.metadata.uid}`,
    });
    return { finished: true };
  }
  if (namespace.metadata.deletionTimestamp === undefined) {
    try {
      await kube.remove(namespaces, { name }, { uid: namespace.metadata.uid ?? '' });
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
    return blockedBy(scope, 'NamespaceTerminating', `Waiting until the namespace ${name} is gone`);
  }
  const reasons = (namespace.status?.conditions ?? [])
    .filter(({ status }) => status === 'True')
    .map(({ message }) => message)
    .filter(Boolean);
  return blockedBy(
    scope,
    'NamespaceTerminating',
    `Waiting until the namespace ${name} is gone${reasons.length > 0 ? `: ${reasons.join('; ')}` : ''}`,
  );
};

/**
 * Ids under which a pass may have made something, whether or not it came to write the status. They are hints: people
 * can edit them, so only what the registry knows as this resource's is touched.
 */
const candidates = (tenant: Tenant): Set<string> => {
  const hints = [tenant.status?.tenantId, claimOf(tenant), tenant.metadata.annotations?.[annotations.adopt]];
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
  if (running > 0 && deletingForMs(scope) < jobsMayRunMs)
    return blockedBy(scope, 'JobsRunning', `Waiting for ${running} running job(s) of the tenant`);
  for (const tenantId of candidates(scope.tenant)) {
    scope.signal.throwIfAborted();
    if (!(await close(scope, tenantId))) continue;
    try {
      await removeCredentials(scope, tenantId);
    } catch (error) {
      if (error instanceof LoginRefusal) return blockedBy(scope, error.name, error.message);
      throw error;
    }
    scope.signal.throwIfAborted();
    await settleRegistry(scope, tenantId);
  }
  scope.signal.throwIfAborted();
  return removeNamespace(scope);
};
