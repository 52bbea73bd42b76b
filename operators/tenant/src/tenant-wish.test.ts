import { expect, test } from 'vitest';
import { annotations, finalizer, type Tenant } from './api/tenant.ts';
import { isWish, keepWish } from './tenant-wish.ts';
import { aTenant } from './testing/a-tenant.ts';

const withMetadata = (metadata: Partial<Tenant['metadata']>): Tenant => {
  const tenant = aTenant();
  return { ...tenant, metadata: { ...tenant.metadata, ...metadata } };
};
const marked = { finalizers: [finalizer], annotations: { [annotations.claim]: 'id' } };

test.each<[string, Partial<Tenant['metadata']>, Partial<Tenant['metadata']>, boolean]>([
  ['a new generation', {}, { generation: 2 }, true],
  ['a wish to rotate', marked, { ...marked, annotations: { ...marked.annotations, [annotations.rotate]: '1' } }, true],
  ['the deletion', marked, { ...marked, deletionTimestamp: '2026-01-01T00:00:00Z' }, true],
  ['a finalizer of somebody else', marked, { ...marked, finalizers: [finalizer, 'other/one'] }, true],
  ['our finalizer taken away', marked, { ...marked, finalizers: [] }, true],
  ['our claim taken away', marked, { ...marked, annotations: {} }, true],
  ['our claim changed', marked, { ...marked, annotations: { [annotations.claim]: 'other' } }, true],
  ['our own marks', {}, marked, false],
  ['a status', marked, { ...marked, resourceVersion: '2' }, false],
])('%s is a wish: %j → %j: %s', (_name, before, after, expected) => {
  const change = { type: 'updated', object: withMetadata(after), previous: withMetadata(before) } as const;
  expect(isWish(change)).toBe(expected);
});

test('of a tenant is kept what tells of a wish and of its conditions, and neither its spec nor a message', () => {
  const ready = { type: 'Ready', status: 'False', reason: 'Waiting', lastTransitionTime: '2026-01-01T00:00:00Z' };
  const registered = { ...ready, type: 'Registered', status: 'True' };
  const conditions = [ready, registered].map((one) => ({ ...one, message: 'long', observedGeneration: 1 }));
  const tenant = { ...withMetadata(marked), status: { tenantId: 'id', conditions } } as Tenant;
  const keep = keepWish();
  const kept = keep(tenant);
  expect(kept.metadata).toEqual(tenant.metadata);
  const { lastTransitionTime: _, ...withoutTime } = registered;
  expect(kept.status).toEqual({ tenantId: 'id', conditions: [ready, withoutTime] });
  expect(JSON.stringify(kept)).not.toContain('Northwind');
  expect(keep(tenant).status?.conditions?.[1]).toBe(kept.status?.conditions?.[1]);
});
