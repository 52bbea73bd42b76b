import type { Condition } from '@legendops/operator-runtime/controller/conditions';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import type { JobName } from './jobs.ts';

export const group = 'platform.legendops.io';
export const version = 'v1alpha1';
export const finalizer = `${group}/tenant`;
export const fieldManager = 'legendops-tenant-operator';
export const statusManager = 'legendops-tenant-operator-status';

/** Where every install of the operator meets, whatever its namespace: Tenants are the cluster's, and one operator's. */
export const clusterLease = { namespace: 'default', name: 'legendops-tenant-operator' } as const;

export const annotations = {
  paused: `${group}/paused`,
  rotate: `${group}/rotate`,
  /** Takes over the tenant with this id, whose resource is gone. */
  adopt: `${group}/adopt`,
  /** A person's word that this cluster is lost: its tenant of this name is taken over. */
  adoptFromLostCluster: `${group}/adopt-from-lost-cluster`,
  /**
   * `<uid of the resource>/<tenant id>`, set by the operator before it writes anything outside: what a crash leaves behind
   * is found by it.
   */
  claim: `${group}/tenant-id`,
} as const;

export const labels = {
  tenant: `${group}/tenant`,
  managedBy: 'app.kubernetes.io/managed-by',
} as const;

export interface JobSchedule {
  /** Where none is given, the tenant's own: see `own-schedule.ts`. */
  schedule?: string;
  suspend: boolean;
}

/** With every default filled in by the API server. */
export interface TenantSpec {
  displayName: string;
  directories: string[];
  admins: { email: string; name: string }[];
  state: 'Active' | 'Suspended';
  deletionProtection: boolean;
  deletionPolicy: 'Retain' | 'Delete';
  limits: { customers: number; storageGiB: number; requestsPerMinute: number };
  namespace: { quota: { cpu: string | number; memory: string | number; pods: number } };
  billing: { currency: string; timeZone: string } & Record<JobName, JobSchedule>;
  credentials: { rotateEvery: string; grace: string };
}

/** The two database logins of a tenant, of which jobs use one. */
export const slots = ['a', 'b'] as const;
export type Slot = (typeof slots)[number];

export const isSlot = (text: unknown): text is Slot => slots.some((slot) => slot === text);

export const forEachSlot = <Value>(valueOf: (slot: Slot) => Value): Record<Slot, Value> =>
  Object.fromEntries(slots.map((slot) => [slot, valueOf(slot)])) as Record<Slot, Value>;

export interface DatabaseStatus {
  activeSlot?: Slot;
  rotatedAt?: string;
  nextRotationAt?: string;
}

export interface TenantStatus {
  tenantId?: string;
  namespace?: string;
  observedGeneration?: number;
  database?: DatabaseStatus;
  conditions?: Condition[];
}

export interface Tenant extends KubeObject {
  spec: TenantSpec;
  status?: TenantStatus;
}

export const tenants: Resource<Tenant> = {
  apiVersion: `${group}/${version}`,
  kind: 'Tenant',
  plural: 'tenants',
  namespaced: false,
};

export const namespaceOf = (tenant: Tenant): string => `tenant-${tenant.metadata.name}`;

/** The tenant id without dashes: what login and secret names are made of, free of any customer's words. */
export const hexOf = (tenantId: string): string => tenantId.replaceAll('-', '');
