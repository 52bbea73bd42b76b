import { isConflict } from '@legendops/operator-runtime/client/status-error';
import { NotLeading } from '@legendops/operator-runtime/lease/only-while';
import { annotations, namespaceOf, slots, tenants } from '../api/tenant.ts';
import { failed } from '../failure-outcome.ts';
import { say, type Outcome } from '../outcome.ts';
import { namespaces } from '../owned/resources.ts';
import { patienceMs } from '../patience.ts';
import { decidingDatabase, followingDatabases } from '../postgres/deciding-database.ts';
import type { TenantScope } from '../scope.ts';
import { ownerLabel, ownsNamespace } from './namespace.ts';

const databases = [...followingDatabases, decidingDatabase];
type Blocker = Outcome<'Ready'>;

/** `error` where a step threw: it is tried again with a growing delay. */
export type DeletionOutcome = { finished: true } | { finished: false; blocker: Blocker; error?: unknown };

const deletingForMs = ({ tenant, now }: TenantScope): number =>
  now().getTime() - new Date(tenant.metadata.deletionTimestamp ?? 0).getTime();

/** What keeps the tenant from going away; each step adds its own, and holds up none that can be done without it. */
class Blockers {
  readonly outcomes: Blocker[] = [];
  readonly errors: unknown[] = [];
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** What the step came to; undefined when it failed, which is written down. A pass that was broken off ends. */
  async of<T>(step: () => Promise<T>): Promise<T | undefined> {
    this.#scope.signal.throwIfAborted();
    try {
      return await step();
    } catch (error) {
      if (error instanceof NotLeading || this.#scope.signal.aborted) throw error;
      const outcome = failed('Ready', error);
      if (outcome.needs === undefined) this.errors.push(error);
      this.outcomes.push(outcome);
      return undefined;
    }
  }

  async done(step: () => Promise<unknown>): Promise<boolean> {
    const before = this.outcomes.length;
    await this.of(step);
    return this.outcomes.length === before;
  }

  /** All of them in one condition, whose reason is that of the first. */
  get summary(): DeletionOutcome {
    const [first] = this.outcomes;
    if (!first) return { finished: true };
    const message = [...new Set(this.outcomes.map((outcome) => outcome.message))].join('; ');
    const { needs: _, ...said } = first;
    const blocker: Blocker = { ...said, message, requeueAfterMs: patienceMs(deletingForMs(this.#scope)) };
    const [error] = this.errors;
    return { finished: false, blocker, ...(error !== undefined && { error }) };
  }
}

/** Every service refuses the tenant at once, its logins open nothing, and whoever is in is out. */
const closeDoors = async (scope: TenantScope, tenantId: string, blockers: Blockers): Promise<boolean> => {
  const { tenant, registry, logins } = scope;
  const states = await blockers.of(() => Promise.all(logins.map((server) => server.observe(tenantId))));
  // Without logins a retained tenant was settled before: it is not set back for a moment in every pass.
  const isSettled =
    tenant.spec.deletionPolicy === 'Retain' && states?.every((seen) => slots.every((slot) => !seen[slot].exists));
  const state = isSettled ? 'retained' : 'deleting';
  for (const database of databases)
    await blockers.of(() => registry.setState(database, tenantId, tenant.metadata.uid ?? '', state));
  let isClosed = true;
  for (const server of logins)
    for (const slot of slots) isClosed = (await blockers.done(() => server.disable(tenantId, slot))) && isClosed;
  return isClosed;
};

const settleRegistry = async (scope: TenantScope, tenantId: string, blockers: Blockers): Promise<void> => {
  const { registry, tenant } = scope;
  const uid = tenant.metadata.uid ?? '';
  for (const database of databases) {
    const settled = await blockers.done(() =>
      tenant.spec.deletionPolicy === 'Retain'
        ? registry.setState(database, tenantId, uid, 'retained')
        : registry.remove(database, tenantId, uid),
    );
    if (!settled) return;
  }
};

const undo = async (scope: TenantScope, tenantId: string, blockers: Blockers): Promise<void> => {
  const { logins, vault, tenant } = scope;
  const isClosed = await closeDoors(scope, tenantId, blockers);
  let isDropped = isClosed;
  for (const server of logins) isDropped = isDropped && (await blockers.done(() => server.dropBoth(tenantId)));
  const isShut = await blockers.done(() =>
    tenant.spec.deletionPolicy === 'Retain' ? vault.disable(tenantId) : vault.remove(tenantId),
  );
  // The rows say that something is left to be undone.
  if (isDropped && isShut) await settleRegistry(scope, tenantId, blockers);
};

/** Removes the namespace with its jobs; what it waits for, if it is not gone yet. */
const removeNamespace = async (scope: TenantScope): Promise<Blocker | undefined> => {
  const { kube, tenant, events } = scope;
  const name = namespaceOf(tenant);
  const namespace = await kube.read(namespaces, { name });
  if (!namespace) return undefined;
  if (!ownsNamespace(tenant, namespace)) {
    // One that was not made for this tenant stays; nor is it known whether it was, once its label is gone.
    events.record(tenants, tenant, {
      type: 'Warning',
      reason: 'NamespaceLeft',
      action: 'Delete',
      note: `The namespace ${name} stays: it has no label ${ownerLabel}=${tenant.metadata.uid}`,
    });
    return undefined;
  }
  if (namespace.metadata.deletionTimestamp === undefined) {
    try {
      await kube.remove(namespaces, { name }, { uid: namespace.metadata.uid ?? '' });
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
  const reasons = (namespace.status?.conditions ?? [])
    .filter(({ status }) => status === 'True')
    .map(({ message = '' }) => message)
    .filter(Boolean);
  return say('Ready', 'NamespaceTerminating', name, reasons);
};

/** The last word about a tenant whose data stays: the resource goes, and its events are what is left to read. */
const tellRetained = ({ events, tenant }: TenantScope, tenantId: string): void =>
  events.record(tenants, tenant, {
    type: 'Normal',
    reason: 'Retained',
    action: 'Delete',
    note:
      `The data of the tenant ${tenantId} is kept, and nobody signs in. To take it over, apply a Tenant of the name ` +
      `${tenant.metadata.name} with the annotation ${annotations.adopt}=${tenantId}`,
  });

/**
 * Undoes everything that the registries know as this resource's; repeatable from any point. The doors are closed first, and
 * no step waits for one that it does not need: what the Kubernetes API refuses leaves no login open.
 */
export const deleteTenant = async (scope: TenantScope): Promise<DeletionOutcome> => {
  const { registry, tenant } = scope;
  const blockers = new Blockers(scope);
  const ids = new Set<string>();
  for (const database of databases)
    for (const id of (await blockers.of(() => registry.ownedBy(database, tenant.metadata.uid ?? ''))) ?? [])
      ids.add(id);
  for (const tenantId of ids) await undo(scope, tenantId, blockers);
  const waitsFor = await blockers.of(() => removeNamespace(scope));
  if (waitsFor) blockers.outcomes.push(waitsFor);
  const { summary } = blockers;
  if (summary.finished && tenant.spec.deletionPolicy === 'Retain') for (const id of ids) tellRetained(scope, id);
  return summary;
};
