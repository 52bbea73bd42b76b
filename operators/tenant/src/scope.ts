import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { KubeObject } from '@legendops/operator-runtime/client/resource';
import type { Applier } from '@legendops/operator-runtime/controller/applier';
import type { EventRecorder } from '@legendops/operator-runtime/events/event-recorder';
import type { Log } from '@legendops/kit/log/logger';
import type { Tenant } from './api/tenant.ts';
import type { OperatorConfig } from './config.ts';
import type { JobHealth } from './job-health.ts';
import type { OwnedKind } from './owned/owned-kinds.ts';
import type { Polled } from './polled-sources.ts';
import type { Logins } from './postgres/logins.ts';
import type { Registry } from './postgres/registry.ts';
import type { TenantVault } from './vault/tenant-vault.ts';

/** What a pass over one tenant works with. What its phases find out is no part of it: see `phase.ts`. */
export interface TenantScope {
  tenant: Tenant;
  /** The id that it claims was drawn in this pass: nobody can have made anything under it, and nobody need be asked. */
  claimsNewId: boolean;
  kube: KubeClient;
  applier: Applier;
  /** Which objects of ours a watch shows in a namespace, desired or not; undefined while it may have missed something. */
  owned: (kind: OwnedKind, namespace: string) => readonly KubeObject[] | undefined;
  events: EventRecorder;
  registry: Registry;
  /** On each server that tenants' jobs log in to. */
  logins: readonly Logins[];
  vault: TenantVault;
  /** What is looked at for all tenants at once, by tenant id. */
  polled: Polled;
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
