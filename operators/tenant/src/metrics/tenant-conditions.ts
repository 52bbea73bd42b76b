import { Gauge, register } from 'prom-client';
import { conditionOf } from '@legendops/operator-runtime/controller/conditions';
import type { Tenant } from '../api/tenant.ts';

interface ConditionCount {
  type: string;
  status: string;
  reason: string;
  count: number;
}

/** Tenants by condition, status and reason. All three come from fixed sets: a series for each tenant would not. */
export const conditionCounts = (tenants: readonly Tenant[]): ConditionCount[] => {
  const counts = new Map<string, ConditionCount>();
  for (const { status } of tenants) {
    const conditions = status?.conditions ?? [{ type: 'Ready', status: 'Unknown', reason: 'NotSeen' }];
    for (const condition of conditions) {
      const { type, reason } = condition;
      const key = [type, condition.status, reason].join(' ');
      const before = counts.get(key) ?? { type, status: condition.status, reason, count: 0 };
      counts.set(key, { ...before, count: before.count + 1 });
    }
  }
  return [...counts.values()];
};

/** Since when the tenant that is not ready for longest is so, in seconds since 1970; undefined when all are. */
export const oldestNotReady = (tenants: readonly Tenant[]): number | undefined => {
  const times = tenants.flatMap(({ metadata, status }) => {
    const ready = conditionOf(status?.conditions, 'Ready');
    if (ready?.status === 'True') return [];
    return [Date.parse(ready?.lastTransitionTime ?? metadata.creationTimestamp ?? '') / 1000];
  });
  const known = times.filter((time) => !Number.isNaN(time));
  return known.length > 0 ? Math.min(...known) : undefined;
};

let tenantsNow: () => readonly Tenant[] = () => [];

/** Which tenants the gauges speak of. */
export const measureTenants = (tenants: () => readonly Tenant[]): void => {
  tenantsNow = tenants;
};

// Read at a scrape and not written at a change: a tenant that is gone leaves no series behind.
const conditions = new Gauge({
  name: 'legendops_tenant_conditions',
  help: 'Tenants by condition, status and reason',
  labelNames: ['type', 'status', 'reason'] as const,
  registers: [],
  collect() {
    this.reset();
    for (const { count, ...of } of conditionCounts(tenantsNow())) this.set(of, count);
  },
});
const oldest = new Gauge({
  name: 'legendops_tenant_oldest_not_ready_timestamp_seconds',
  help: 'Since when the tenant that is not ready for longest is so; absent when all are ready',
  registers: [],
  collect() {
    const since = oldestNotReady(tenantsNow());
    if (since === undefined) this.remove();
    else this.set(since);
  },
});
for (const gauge of [conditions, oldest]) register.registerMetric(gauge);
