import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import type { Applier } from '@legendops/operator-runtime/controller/applier';
import type { EventRecorder } from '@legendops/operator-runtime/events/event-recorder';
import type { Log } from '@legendops/kit/log/logger';
import type { ConditionType, DatabaseStatus, Tenant } from './api/tenant.ts';
import type { OperatorConfig } from './config.ts';
import type { Integrations } from './integrations.ts';
import type { JobHealth } from './job-health.ts';
import type { Logins } from './postgres/logins.ts';
import type { Registry } from './postgres/registry.ts';
import type { TenantVault } from './vault/tenant-vault.ts';

/** What the phases of one pass share. */
export interface TenantScope {
  tenant: Tenant;
  /** Known once a registry has said that it is this resource's. */
  tenantId?: string | undefined;
  /** A registry has answered, and it is not this resource's tenant: what the status says of one is not its own. */
  isRefused?: boolean;
  database: DatabaseStatus;
  /** Registered in this pass for the first time: nothing is known of it anywhere yet. */
  isNewTenant?: boolean;
  /** The tenant's own namespace is there and stays: what goes into it can be made. */
  hasNamespace?: boolean;
  /** The namespace was made in this pass: nothing is in it but what this pass put there. */
  isNewNamespace?: boolean;
  kube: KubeClient;
  applier: Applier;
  /** Which objects of ours a watch shows in a namespace; undefined while it may have missed something. */
  owned: (resource: Resource, namespace: string) => readonly KubeObject[] | undefined;
  events: EventRecorder;
  registry: Registry;
  logins: Logins;
  vault: TenantVault;
  integrations: Pick<Integrations, 'of'>;
  jobHealth: JobHealth;
  /** The cluster that the resource is of. */
  cluster: string;
  config: OperatorConfig;
  log: Log;
  /** The database's time as far as it is known. */
  now: () => Date;
  /** The database's time, for what our own clock must not decide; throws where it cannot be had. */
  certainNow: () => Promise<Date>;
  signal: AbortSignal;
}

export interface PhaseOutcome {
  type: ConditionType;
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
  /** Look again after this time although nothing changed. */
  requeueAfterMs?: number;
  /** No waiting mends it: the Tenant's spec must be another, or a person must do something elsewhere. */
  needs?: 'spec' | 'person';
}

/** Compares, acts, says what it saw. Throws only for what may pass by itself; everything else is an outcome. */
export type Phase = (scope: TenantScope) => Promise<PhaseOutcome[]>;

export const done = (type: ConditionType, reason: string, message = '', requeueAfterMs?: number): PhaseOutcome => ({
  type,
  status: 'True',
  reason,
  message,
  ...(requeueAfterMs !== undefined && { requeueAfterMs }),
});

export const blocked = (
  type: ConditionType,
  reason: string,
  message: string,
  requeueAfterMs?: number,
): PhaseOutcome => ({
  type,
  status: 'False',
  reason,
  message,
  ...(requeueAfterMs !== undefined && { requeueAfterMs }),
});

/** Only another spec mends it. */
export const needsSpec = (type: ConditionType, reason: string, message: string): PhaseOutcome => ({
  ...blocked(type, reason, message),
  needs: 'spec',
});

/** A person must do something, and nothing tells us when it is done: it is looked at again. */
export const needsPerson = (
  type: ConditionType,
  reason: string,
  message: string,
  requeueAfterMs?: number,
): PhaseOutcome => ({ ...blocked(type, reason, message, requeueAfterMs), needs: 'person' });

const soonestMs = 2_000;
const latestMs = 30_000;

/** How long something may wait for the next look: the longer it has waited, the longer, and never so long that a person wonders. */
export const patienceMs = (waitedMs: number): number => Math.min(latestMs, Math.max(soonestMs, waitedMs / 5));

export const waiting = (type: ConditionType, reason: string, message: string): PhaseOutcome => ({
  type,
  status: 'Unknown',
  reason,
  message,
});
