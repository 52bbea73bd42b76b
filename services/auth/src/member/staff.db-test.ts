import { expect, it } from 'vitest';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { authSuite } from '../testing/auth-suite.ts';
import { customerId, northwind } from '../testing/auth-world.ts';

const { world, run, directories } = authSuite();

const ask = async (tenantId: string, serviceAccount = 'billing') => {
  const audience = 'legendops-auth';
  const token = await world.internalApi.tokens.serviceToken({ namespace: 'legendops', serviceAccount, audience });
  return world.internalApi.call('GET', `/internal/v1/tenants/${tenantId}/staff`, { token });
};
const aMember = (name: string, changes: { role?: string; state?: string; directory?: string } = {}) =>
  run(
    `insert into auth.members (tenant_id, directory_id, object_id, name, email, role, customer_id, state)
     values ($1, $2, app.uuid_v7(), $3, $3 || '@northwind.example', $4, case when $4 = 'guest' then $5::uuid end, $6)`,
    [
      world.tenantId,
      changes.directory ?? northwind,
      name,
      changes.role ?? 'tenant_admin',
      customerId,
      changes.state ?? 'active',
    ],
  );

it('tells billing who works for a tenant and may sign in, and nobody else', async () => {
  await directories([northwind]);
  await aMember('ada');
  await aMember('ben', { role: 'billing_viewer' });
  await aMember('left', { state: 'disabled' });
  await aMember('guest', { role: 'guest' });
  await aMember('gone', { directory: '33333333-3333-4333-8333-333333333333' });
  const { body } = await ask(world.tenantId);
  expect(body.data).toEqual([
    { id: expect.any(String), name: 'ada', email: 'ada@northwind.example', role: 'tenant_admin' },
    { id: expect.any(String), name: 'ben', email: 'ben@northwind.example', role: 'billing_viewer' },
  ]);
  expect((await ask(await aTenant(world.database.administrator))).body.data).toEqual([]);
});

it('tells no other service', async () => {
  expect((await ask(world.tenantId, 'catalog')).status).toBe(403);
});
