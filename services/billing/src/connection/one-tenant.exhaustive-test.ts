import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { sampleAccount } from '../../../../scripts/doubles/pax8/sample-account.ts';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { billingWorld, clientId, month, realmId, type BillingWorld } from '../testing/billing-world.ts';

// An account of a vendor belongs to one tenant: two that bill one partner's customers, or write into one account,
// would bill and post everything twice.

const taken = '?problem=connection.account-taken';

let world: BillingWorld;
let other: string;
beforeEach(async () => {
  world = await billingWorld();
  other = await aTenant(world.database.administrator, { limits: { requestsPerMinute: 100_000 } });
  // A second key of the first partner's, and another partner.
  world.pax8.putAccount({ ...sampleAccount({ clientId, month }), clientId: 'second key' });
  world.pax8.putAccount(sampleAccount({ clientId: 'another partner', month }));
  world.quickbooks.putCompany({ realmId: '9130350000000002', name: 'Other Books' });
});
afterEach(() => world.close());

const holdings = (tenantId: string) =>
  world.rows(
    `select vendor, account from billing.connections where tenant_id = $1
     union all select vendor, account from billing.vendor_accounts where tenant_id = $1`,
    [tenantId],
  );
const disconnect = (vendor: string, tenantId: string) =>
  world.api.call('DELETE', `/api/billing/v1/connections/${vendor}`, { actor: { tenantId } });
const retain = (tenantId: string) => world.rows("update app.tenants set state = 'retained' where id = $1", [tenantId]);

describe('a QuickBooks account', () => {
  it('is refused to a second tenant, who learns nothing of the first, and whose connection stays', async () => {
    expect(await world.connectQuickBooks()).toBe('?connected=quickbooks');
    await world.connectQuickBooks('9130350000000002', other);
    const [own, before] = [world.vault.secrets.get(`${world.tenantId}/quickbooks`), await holdings(other)];
    expect(await world.connectQuickBooks(realmId, other)).toBe(taken);
    expect(await holdings(other)).toEqual(before);
    expect(world.vault.secrets.get(`${world.tenantId}/quickbooks`)).toEqual(own);
    expect(world.vault.secrets.get(`${other}/quickbooks`)).toMatchObject({ realmId: '9130350000000002' });
  });

  it('is one tenant’s where two connect it at the same time', async () => {
    const told = await Promise.all([
      world.connectQuickBooks(realmId),
      world.connectQuickBooks(realmId, other),
      world.connectQuickBooks(realmId, other),
    ]);
    expect(new Set(told)).toEqual(new Set(['?connected=quickbooks', taken]));
    const holders = await world.rows('select distinct tenant_id from billing.connections where account = $1', [
      realmId,
    ]);
    expect(holders).toHaveLength(1);
    expect(await world.rows('select from billing.vendor_accounts')).toHaveLength(1);
    expect([...world.vault.secrets.keys()]).toEqual([`${(holders[0] as { tenant_id: string }).tenant_id}/quickbooks`]);
  });

  it('is free when its tenant connects another, disconnects it, or is deleted', async () => {
    await world.connectQuickBooks();
    await world.connectQuickBooks('9130350000000002');
    expect(await world.connectQuickBooks(realmId, other)).toBe('?connected=quickbooks');

    expect(await disconnect('quickbooks', other)).toMatchObject({ status: 204 });
    expect(await disconnect('quickbooks', other)).toMatchObject({
      status: 404,
      body: { code: 'connection.not-found' },
    });
    expect(await holdings(other)).toEqual([]);
    expect(world.vault.secrets.has(`${other}/quickbooks`)).toBe(false);
    expect(await world.connectQuickBooks(realmId)).toBe('?connected=quickbooks');

    await world.rows("update app.tenants set state = 'deleting' where id = $1", [world.tenantId]);
    await world.rows('select app.remove_tenant(id, owner_uid) from app.tenants where id = $1', [world.tenantId]);
    expect(await holdings(world.tenantId)).toEqual([]);
    expect(await world.connectQuickBooks(realmId, other)).toBe('?connected=quickbooks');
  });

  it('stays with a tenant that is retained until another connects it', async () => {
    await world.connectQuickBooks();
    await world.connectPax8();
    await retain(world.tenantId);
    expect(await holdings(world.tenantId)).not.toEqual([]);
    expect(await world.connectQuickBooks(realmId, other)).toBe('?connected=quickbooks');
    const left = (await holdings(world.tenantId)) as { vendor: string }[];
    expect(left.map(({ vendor }) => vendor)).not.toContain('quickbooks');
    expect(left.map(({ vendor }) => vendor)).toContain('pax8');
  });

  it('is given back when its tokens could not be kept', async () => {
    const { vault } = world;
    const working = { ...vault };
    vault.put = () => Promise.reject(new Error('the vault is away'));
    expect(await world.connectQuickBooks()).toBe('?problem=vendor.unavailable');
    expect(await holdings(world.tenantId)).toEqual([]);
    Object.assign(vault, working);
    expect(await world.connectQuickBooks(realmId, other)).toBe('?connected=quickbooks');
  });
});

describe('a Pax8 partner', () => {
  it.each([
    ['the same client id', clientId],
    ['another client id of the same partner', 'second key'],
  ])('is refused to a second tenant by %s, without a word of the first', async (_what, key) => {
    await world.connectPax8();
    const refused = await world.connectPax8({ tenantId: other, clientId: key });
    expect(refused).toMatchObject({ status: 409, body: { code: 'connection.account-taken' } });
    expect(JSON.stringify(refused.body)).not.toMatch(/northwind|0190|Fabrikam/i);
    expect(await holdings(other)).toEqual([]);
    expect(world.vault.secrets.has(`${other}/pax8`)).toBe(false);
    expect(await world.connectPax8({ tenantId: other, clientId: 'another partner' })).toMatchObject({ status: 200 });
  });

  it('may be connected again by its own tenant, under another key', async () => {
    await world.connectPax8();
    await world.run({ name: 'usage-sync', work: syncFromPax8 });
    expect(await world.connectPax8({ clientId: 'second key' })).toMatchObject({ status: 200 });
    await world.run({ name: 'usage-sync', work: syncFromPax8 });
  });

  it('is found by a company that comes later, and the sync says so and mirrors nothing', async () => {
    await world.connectPax8({ tenantId: other, clientId: 'another partner' });
    await world.connectPax8();
    const theirs = sampleAccount({ clientId: 'another partner', month });
    const own = sampleAccount({ clientId, month });
    world.pax8.putAccount({ ...own, companies: [...own.companies, ...theirs.companies] });
    await expect(world.run({ name: 'usage-sync', work: syncFromPax8 })).rejects.toMatchObject({
      code: 'connection.account-taken',
      kind: 'needsPerson',
    });
    expect(await world.rows('select from billing.pax8_companies')).toEqual([]);
  });
});

it('credentials of an account that is not the tenant’s are not used, whatever the vault has', async () => {
  await world.connectPax8();
  world.vault.secrets.set(`${world.tenantId}/pax8`, { clientId: 'another partner', clientSecret: 'local' });
  await expect(world.run({ name: 'usage-sync', work: syncFromPax8 })).rejects.toMatchObject({
    code: 'connection.missing',
  });
});
