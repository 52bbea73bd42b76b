import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '@legendops/kit/contract/permissions';
import { required } from '@legendops/kit/testing/required';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { billingWorld, type BillingWorld } from '../testing/billing-world.ts';

let world: BillingWorld;
beforeEach(async () => {
  world = await billingWorld();
  await world.connectPax8();
});
afterEach(() => world.close());

const ask = (method: string, { role = 'tenant_admin' }: { role?: Role } = {}) =>
  world.api.call(method, '/api/billing/v1/pax8-webhook', { actor: { tenantId: world.tenantId, role } });
const atPax8 = () => world.account().webhooks;
const turnOn = async () => {
  expect((await ask('PUT')).body).toMatchObject({ isOn: true });
  return required(atPax8().at(-1), 'webhook at Pax8');
};
const pathOf = ({ url = '' }: { url?: string | undefined }) => new URL(url).pathname;
const tell = (
  webhook: { url?: string | undefined; authorization?: string | undefined },
  body: unknown,
  authorization: string | undefined = webhook.authorization,
) =>
  world.api.call('POST', pathOf(webhook), {
    body,
    headers: { ...(authorization !== undefined && { authorization }) },
  });
const event = (payloadData: unknown) => ({ accountId: 'x', sentAt: '2026-02-05T10:00:00Z', payloadData });
const hints = async () =>
  (await world.rows<{ id: string }>('select subscription_id as id from billing.pax8_hints order by 1')).map(
    ({ id }) => id,
  );
const sync = () => world.run({ name: 'usage-sync', work: syncFromPax8 });
const mirrored = async (id: string) =>
  (
    await world.rows<{ open: boolean }>(
      'select effective_to is null as open from billing.pax8_subscriptions where id = $1 order by effective_from',
      [id],
    )
  ).map(({ open }) => open);
const anySubscription = () => required(world.account().subscriptions[0], 'subscription');

describe('events of Pax8', () => {
  it('are turned on at Pax8 itself, with every action of subscriptions and a value that nobody can read again', async () => {
    expect((await ask('GET')).body).toMatchObject({ isOn: false, turnedOnAt: null, lastEventAt: null });
    const webhook = await turnOn();
    expect(webhook).toMatchObject({
      active: true,
      webhookTopics: [{ topic: 'SUBSCRIPTIONS', filters: [{ action: 'CREATED' }, { action: 'UPDATED' }] }],
    });
    expect(pathOf(webhook)).toMatch(/^\/api\/billing\/v1\/pax8-events\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/);
    const kept = JSON.stringify(await world.rows('select * from billing.pax8_webhooks'));
    expect(kept).not.toContain(webhook.authorization);
    expect(JSON.stringify((await ask('GET')).body)).not.toContain(webhook.authorization);
  });

  it('name subscriptions, wherever they stand in what is sent, and nothing else', async () => {
    const webhook = await turnOn();
    const { id } = anySubscription();
    const other = '0190f000-0000-7000-8000-00000000000f';
    expect((await tell(webhook, event({ subscription: { id }, lines: [{ ref: other }, 'x', 7, null] }))).status).toBe(
      200,
    );
    for (const odd of [[], {}, event(null), event({ id: `${id}x` })])
      expect((await tell(webhook, odd)).status).toBe(200);
    expect(await hints()).toEqual([other, id].toSorted());
    expect((await ask('GET')).body.lastEventAt).not.toBeNull();
  });

  it('are answered and not read while the platform has them turned off', async () => {
    const webhook = await turnOn();
    world.pax8Events.areRead = false;
    expect((await tell(webhook, event({ subscription: { id: anySubscription().id } }))).status).toBe(200);
    expect(await hints()).toEqual([]);
    world.pax8Events.areRead = true;
    expect((await tell(webhook, event({ subscription: { id: anySubscription().id } }))).status).toBe(200);
    expect(await hints()).toEqual([anySubscription().id]);
  });

  it('of whoever does not send the value are refused, and change nothing', async () => {
    const webhook = await turnOn();
    const body = event({ id: anySubscription().id });
    for (const wrong of ['', 'Bearer x', `${webhook.authorization}x`])
      expect((await tell(webhook, body, wrong)).body).toMatchObject({ status: 401, code: 'token.invalid' });
    const [, tenantId = '', id = ''] = /([^/]+)\/([^/]+)$/.exec(pathOf(webhook)) ?? [];
    const unknown = '0190f000-0000-7000-8000-00000000000f';
    for (const [tenant, hook] of [
      [unknown, id],
      [tenantId, unknown],
    ]) {
      const url = `http://x/api/billing/v1/pax8-events/${tenant}/${hook}`;
      expect((await tell({ ...webhook, url }, body)).status).toBe(401);
    }
    expect(await hints()).toEqual([]);
  });

  it('are believed no more once they are turned off, or turned on anew', async () => {
    const first = await turnOn();
    const second = await turnOn();
    expect(atPax8()).toHaveLength(1);
    expect((await tell(first, event({}))).status).toBe(401);
    expect((await tell(second, event({}))).status).toBe(200);
    expect((await ask('DELETE')).status).toBe(204);
    expect(atPax8()).toEqual([]);
    expect((await tell(second, event({}))).status).toBe(401);
    expect((await ask('DELETE')).status).toBe(204);
    expect((await ask('GET')).body.isOn).toBe(false);
  });

  it('end with the connection, and cannot be turned on without one', async () => {
    const webhook = await turnOn();
    const actor = { tenantId: world.tenantId };
    expect((await world.api.call('DELETE', '/api/billing/v1/connections/pax8', { actor })).status).toBe(204);
    expect(atPax8()).toEqual([]);
    expect((await tell(webhook, event({}))).status).toBe(401);
    expect((await ask('PUT')).body.code).toBe('connection.missing');
  });

  it('are off where Pax8 makes none, and say why', async () => {
    world.pax8.faults.add([{ match: { method: 'POST', path: '/webhooks' }, fault: { status: 403, body: {} } }]);
    expect((await ask('PUT')).body).toMatchObject({
      code: 'connection.refused',
      detail: expect.stringContaining('Start events'),
    });
    expect((await ask('GET')).body.isOn).toBe(false);
    world.pax8.faults.clear();
    world.pax8.faults.add([{ match: { path: 'topic-definitions' }, fault: { status: 503, body: {} } }]);
    expect((await ask('PUT')).body.code).toBe('vendor.unavailable');
  });

  it('are an administrator’s to turn on', async () => {
    expect((await ask('PUT', { role: 'billing_viewer' })).status).toBe(403);
    expect((await ask('GET', { role: 'billing_viewer' })).body.acts.turnOn.may).toBe(false);
    expect((await ask('GET', { role: 'support_user' })).status).toBe(403);
  });
});

describe('a subscription that Pax8 has named', () => {
  const leaveOut = (id: string) => {
    const account = world.account();
    const content = account.subscriptions.filter((one) => one.id !== id);
    world.pax8.faults.add([
      {
        match: { path: '^/v1/subscriptions\\?' },
        fault: {
          status: 200,
          body: { content, page: { size: 200, totalElements: content.length, totalPages: 1, number: 0 } },
        },
      },
    ]);
  };

  it('is read by its id where the list leaves it out, and is not taken for gone', async () => {
    await sync();
    const webhook = await turnOn();
    const { id } = anySubscription();
    await tell(webhook, event({ subscriptionId: id }));
    leaveOut(id);
    await sync();
    expect(await mirrored(id)).toEqual([true]);
    // What was named once is read once: the list is believed again.
    await world.run({ name: 'usage-sync', work: syncFromPax8 }, { at: '2026-02-07T06:30:00Z' });
    expect(await mirrored(id)).toEqual([false]);
  });

  it('is nothing where Pax8 knows none by that id', async () => {
    const webhook = await turnOn();
    await tell(webhook, event({ companyId: '0190f000-0000-7000-8000-00000000000f' }));
    await sync();
    expect(await mirrored('0190f000-0000-7000-8000-00000000000f')).toEqual([]);
  });
});
