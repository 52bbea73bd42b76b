import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditedIn } from '@legendops/kit/testing/audited-routes';
import { superOpsWorld, type SuperOpsWorld } from '../testing/superops-world.ts';

let world: SuperOpsWorld;
beforeEach(async () => {
  world = await superOpsWorld();
});
afterEach(() => world.close());

const path = 'superops-connection';
const shown = async (tenantId = world.tenantId) => (await world.call('GET', path, { tenantId })).body.connection;
const userId = () => world.superops.account('northwind')?.users[0]?.userId ?? '';
const byHand = (act: Parameters<SuperOpsWorld['superops']['byHand']>[1]) => world.superops.byHand('northwind', act);
const check = () => world.call('POST', `${path}/checks`);

describe('SuperOps is connected', () => {
  it('once it has accepted the token, which nobody is told again', async () => {
    expect(await shown()).toBeNull();
    const made = await world.connect({ token: 'local', subdomain: ' Northwind ' });
    expect(made).toMatchObject({ status: 200, body: { region: 'us', subdomain: 'northwind', state: 'connected' } });
    expect(await shown()).toMatchObject({ state: 'connected', failure: null, nextStep: null });
    expect(world.vault.secrets.get(world.tenantId)).toEqual({ region: 'us', subdomain: 'northwind', token: 'local' });
    const written = JSON.stringify(await auditedIn(world.database.administrator));
    expect(written).toContain('connection.made');
    expect(JSON.stringify(made.body) + written).not.toContain('local');
  });

  it.each([
    ['another token', { token: 'wrong' }, /one at a time/],
    ['another subdomain', { subdomain: 'southwind' }, /subdomain/],
    ['the other data centre', { region: 'eu' }, /data centre/],
  ] as const)('not with %s, and is told what to do', async (_what, wrong, said) => {
    const refused = await world.connect(wrong);
    expect(refused).toMatchObject({ status: 422, body: { code: 'connection.refused', detail: said } });
    expect([await shown(), world.vault.secrets.size]).toEqual([null, 0]);
  });

  it.each(['trial_expired', 'paused', 'cancelled'] as const)(
    'not while its subscription is %s',
    async (subscription) => {
      byHand({ act: 'subscription', subscription });
      expect(await world.connect()).toMatchObject({ status: 422, body: { code: 'connection.refused' } });
    },
  );

  it.each([
    ['a page of HTML', { html: true } as const],
    ['an empty answer', { empty: true } as const],
    ['a broken connection', { dropConnection: 'before' } as const],
    ['an answer that is cut off', { truncate: 5 }],
    ['an error of its server', { status: 503 }],
  ])('not by %s', async (_what, fault) => {
    world.superops.faults.add([{ match: { path: '/msp' }, fault }]);
    expect(await world.connect()).toMatchObject({ status: 502, body: { code: 'vendor.unavailable' } });
    expect(world.superops.faults.armed[0]?.hits).toBe(3);
    world.superops.faults.clear();
    world.superops.faults.add([{ match: { path: '/msp', count: 1 }, fault }]);
    expect(await world.connect()).toMatchObject({ status: 200 });
  });

  it.each([{ subdomain: 'a.b' }, { token: 'a b' }, { token: '' }, { region: 'asia' }, { url: 'http://evil' }])(
    'not with %j',
    async (wrong) => {
      expect(await world.connect(wrong as object)).toMatchObject({ status: 400 });
    },
  );
});

describe('an account', () => {
  it('belongs to one tenant, also where two connect it at once', async () => {
    const answers = await Promise.all([
      world.connect(),
      world.connect({ tenantId: world.other }),
      world.connect({ tenantId: world.other }),
    ]);
    const refused = answers.filter(({ status }) => status !== 200);
    for (const answer of refused)
      expect(answer).toMatchObject({ status: 409, body: { code: 'connection.account-taken' } });
    expect(refused.length).toBeGreaterThan(0);
    expect(await world.rows('select from portal.superops_connections')).toHaveLength(1);
    expect(world.vault.secrets.size).toBe(1);
  });

  it('is free when its tenant connects another, disconnects it, or is retained', async () => {
    await world.connect();
    await world.connect({ region: 'eu', subdomain: 'contoso', token: 'second' });
    expect(await world.connect({ tenantId: world.other })).toMatchObject({ status: 200 });
    expect(await world.call('DELETE', path, { tenantId: world.other })).toMatchObject({ status: 204 });
    expect(world.vault.secrets.has(world.other)).toBe(false);
    expect(await world.call('DELETE', path, { tenantId: world.other })).toMatchObject({
      status: 404,
      body: { code: 'connection.not-found' },
    });
    await world.rows("update app.tenants set state = 'retained' where id = $1", [world.tenantId]);
    const taken = await world.connect({ tenantId: world.other, region: 'eu', subdomain: 'contoso', token: 'second' });
    expect(taken).toMatchObject({ status: 200 });
    expect(await world.rows('select tenant_id from portal.superops_connections')).toEqual([{ tenant_id: world.other }]);
  });

  it('goes with its tenant', async () => {
    await world.connect();
    await world.rows("update app.tenants set state = 'deleting' where id = $1", [world.tenantId]);
    await world.rows('select app.remove_tenant(id, owner_uid) from app.tenants where id = $1', [world.tenantId]);
    expect(await world.rows('select from portal.superops_connections')).toEqual([]);
  });

  it('is given back when its token could not be kept', async () => {
    const working = { ...world.vault };
    world.vault.put = () => Promise.reject(new Error('the vault is away'));
    expect((await world.connect()).status).toBe(500);
    expect(await shown()).toBeNull();
    Object.assign(world.vault, working);
    expect(await world.connect({ tenantId: world.other })).toMatchObject({ status: 200 });
  });
});

describe('a connection that ends tells why, and the one thing to do', () => {
  beforeEach(async () => {
    await world.connect();
  });

  it('a new token of the same user, until it is connected with that', async () => {
    byHand({ act: 'new-token', userId: userId(), token: 'new' });
    expect(await check()).toMatchObject({ status: 200, body: { state: 'reconnect' } });
    expect(await shown()).toMatchObject({ failure: /one at a time/, nextStep: /My Profile/ });
    expect(await world.connect({ token: 'new' })).toMatchObject({
      status: 200,
      body: { state: 'connected', failure: null },
    });
  });

  it.each(['trial_expired', 'paused', 'cancelled'] as const)(
    'a subscription that is %s, until it is none any more',
    async (subscription) => {
      byHand({ act: 'subscription', subscription });
      expect((await check()).body).toMatchObject({ state: 'paused', failure: /SuperOps/, nextStep: /Check again/ });
      byHand({ act: 'subscription', subscription: 'active' });
      expect((await check()).body).toMatchObject({ state: 'connected', failure: null });
    },
  );

  it('a role with too few rights', async () => {
    byHand({ act: 'forbid', userId: userId(), fields: ['getClientList'] });
    expect((await check()).body).toMatchObject({ state: 'paused', failure: /role/ });
  });

  it('once in the audit trail, by whom nobody is', async () => {
    byHand({ act: 'new-token', userId: userId(), token: null });
    await check();
    await check();
    const refused = (await auditedIn(world.database.administrator)).filter(({ act }) => act === 'connection.refused');
    expect(refused).toMatchObject([{ author: { kind: 'vendor', name: 'SuperOps' } }]);
  });

  it('an outage is none', async () => {
    world.superops.faults.add([{ match: { path: '/msp' }, fault: { status: 503 } }]);
    expect(await check()).toMatchObject({ status: 502, body: { code: 'vendor.unavailable' } });
    expect(await shown()).toMatchObject({ state: 'connected' });
  });

  it('credentials of another account are not used, whatever the vault has', async () => {
    world.vault.secrets.set(world.tenantId, { region: 'eu', subdomain: 'contoso', token: 'second' });
    expect(await check()).toMatchObject({ status: 409, body: { code: 'connection.missing' } });
  });

  it('a token that was replaced in the middle of a run is taken up, and nothing ends', async () => {
    byHand({ act: 'new-token', userId: userId(), token: 'new' });
    const { secrets } = world.vault;
    let reads = 0;
    world.vault.get = async (tenantId) => {
      reads += 1;
      if (reads === 2) secrets.set(tenantId, { region: 'us', subdomain: 'northwind', token: 'new' });
      return secrets.get(tenantId);
    };
    expect((await check()).body).toMatchObject({ state: 'connected' });
    expect(reads).toBe(2);
  });
});
