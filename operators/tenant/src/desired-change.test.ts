import { expect, test } from 'vitest';
import { annotations, finalizer, type Tenant } from './api/tenant.ts';
import { isDesiredChange, keepDesired } from './desired-change.ts';
import { aTenant } from './testing/a-tenant.ts';

const withMetadata = (metadata: Partial<Tenant['metadata']>): Tenant => {
  const tenant = aTenant();
  return { ...tenant, metadata: { ...tenant.metadata, ...metadata } };
};
const claimed = { finalizers: [finalizer], annotations: { [annotations.claim]: 'id' } };

test.each<[string, Partial<Tenant['metadata']>, Partial<Tenant['metadata']>, boolean]>([
  ['a new generation', {}, { generation: 2 }, true],
  [
    'a request to rotate',
    claimed,
    { ...claimed, annotations: { ...claimed.annotations, [annotations.rotate]: '1' } },
    true,
  ],
  ['the deletion', claimed, { ...claimed, deletionTimestamp: '2026-01-01T00:00:00Z' }, true],
  ['a finalizer of somebody else', claimed, { ...claimed, finalizers: [finalizer, 'other/one'] }, true],
  ['our finalizer taken away', claimed, { ...claimed, finalizers: [] }, true],
  ['our claim taken away', claimed, { ...claimed, annotations: {} }, true],
  ['our claim changed', claimed, { ...claimed, annotations: { [annotations.claim]: 'other' } }, true],
  ['our own finalizer and claim', {}, claimed, false],
  ['a status', claimed, { ...claimed, resourceVersion: '2' }, false],
])('%s is a desired change: %j → %j: %s', (_name, before, after, expected) => {
  const change = { type: 'updated', object: withMetadata(after), previous: withMetadata(before) } as const;
  expect(isDesiredChange(change)).toBe(expected);
});

test('of a tenant is kept what is desired of it and its conditions, and neither its spec nor a message', () => {
  const ready = { type: 'Ready', status: 'False', reason: 'Waiting', lastTransitionTime: '2026-01-01T00:00:00Z' };
  const registered = { ...ready, type: 'Registered', status: 'True' };
  const conditions = [ready, registered].map((one) => ({ ...one, message: 'long', observedGeneration: 1 }));
  const tenant = { ...withMetadata(claimed), status: { tenantId: 'id', conditions } } as Tenant;
  const keep = keepDesired();
  const kept = keep(tenant);
  expect(kept.metadata).toEqual(tenant.metadata);
  const { lastTransitionTime: _, ...withoutTime } = registered;
  expect(kept.status).toEqual({ tenantId: 'id', conditions: [ready, withoutTime] });
  expect(JSON.stringify(kept)).not.toContain('Northwind');
  expect(keep(tenant).status?.conditions?.[1]).toBe(kept.status?.conditions?.[1]);
});
