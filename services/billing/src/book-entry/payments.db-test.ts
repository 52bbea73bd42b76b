import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import { verifierToken } from '../testing/billing-world.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
let invoiceId: string;
beforeAll(async () => {
  t = await postingWorld();
  invoiceId = (await t.posted()).Id;
});
afterAll(() => t.world.close());

const path = '/api/billing/v1/quickbooks-events';
const signed = (body: string, token = verifierToken): string =>
  createHmac('sha256', token).update(body).digest('base64');
const deliver = async (body: string, signature: string | undefined = signed(body)) =>
  fetch(`${t.world.api.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(signature !== undefined && { 'intuit-signature': signature }) },
    body,
  });
const event = (realm: string) => ({
  specversion: '1.0',
  id: crypto.randomUUID(),
  source: 'intuit',
  type: 'qbo.invoice.updated.v1',
  time: '2026-02-06T06:30:00Z',
  intuitentityid: invoiceId,
  intuitaccountid: realm,
});
const asked = async (): Promise<boolean> => {
  const [row] = await t.world.rows<{ soon: boolean }>(
    "select next_look_at < now() + interval '1 minute' as soon from billing.account_looks where realm_id = $1",
    [t.realmId],
  );
  return required(row, 'look').soon;
};
const looks = async (): Promise<number> => {
  const calls = (await (await fetch(`${t.world.quickbooks.url}/_control/calls`)).json()) as { path: string }[];
  return calls.filter((one) => one.path.includes('/cdc')).length;
};
/** As time does: what was asked for is due, and looked at. */
const look = async (): Promise<void> => {
  await t.world.rows(
    "update billing.account_looks set next_look_at = now() where next_look_at < now() + interval '1 hour'",
  );
  await t.world.post();
};
const rest = () => t.world.rows("update billing.account_looks set looked_at = now() - interval '1 hour'");
const payment = async () => (await t.entryOf()).payment;

describe('what is paid', () => {
  it('is known after the first look, which comes by itself', async () => {
    await t.world.rows('update billing.account_looks set next_look_at = now()');
    await t.world.post();
    expect(await payment()).toMatchObject({ totalMinor: '85363', paidMinor: '0', openMinor: '85363' });
    expect(await asked()).toBe(false);
  });

  it('is looked at when QuickBooks says so, in either form, and then known', async () => {
    await t.byHand({ action: 'pay', invoiceId, amount: 200 });
    await rest();
    expect((await deliver(JSON.stringify([event('1'), event(t.realmId)]))).status).toBe(200);
    expect(await asked()).toBe(true);
    await look();
    expect(await payment()).toMatchObject({ paidMinor: '20000', openMinor: '65363' });
    await t.byHand({ action: 'pay', invoiceId, amount: 653.63 });
    await rest();
    const old = { eventNotifications: [{ realmId: t.realmId, dataChangeEvent: { entities: [] } }] };
    expect((await deliver(JSON.stringify(old))).status).toBe(200);
    await look();
    expect(await payment()).toMatchObject({ state: 'paid', paidMinor: '85363', openMinor: '0' });
    expect(await t.told()).toEqual([]);
  });

  it('is looked at once for however many hints, and however often they come', async () => {
    await rest();
    const before = await looks();
    const body = JSON.stringify(Array.from({ length: 50 }, () => event(t.realmId)));
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(body)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    await look();
    expect((await looks()) - before).toBe(1);
  });

  it('is not looked at again for some minutes in books where somebody works all day', async () => {
    await deliver(JSON.stringify([event(t.realmId)]));
    expect(await asked()).toBe(false);
  });
});

describe('a delivery', () => {
  it.each<[string, () => Promise<Response>]>([
    ['without a signature', () => deliver('[]', '')],
    ['with a signature that is none', () => deliver('[]', 'x')],
    ['signed by another token', () => deliver('[]', signed('[]', 'another'))],
    ['with the signature of another body', () => deliver('[ ]', signed('[]'))],
    ['without a signature, of what is no JSON', () => deliver('{', '')],
  ])('%s is refused, and nothing is looked at', async (_title, send) => {
    await rest();
    const answer = await send();
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([401, 'token.invalid']);
    expect(await asked()).toBe(false);
  });

  it('that is larger than any of Intuit’s is refused before it is read whole', async () => {
    const body = JSON.stringify({ x: 'x'.repeat(300_000) });
    expect((await deliver(body)).status).toBe(413);
  });

  it.each(['[]', '{}', '[1, null, {"intuitaccountid": 5}]', '{"eventNotifications": [null, {"realmId": "x"}]}', '"x"'])(
    'of a form that is not known, %s, is taken and says nothing',
    async (body) => {
      expect((await deliver(body)).status).toBe(200);
      expect(await asked()).toBe(false);
    },
  );

  it('about an account that is nobody’s here is answered as any other', async () => {
    const [ours, nobodys] = [
      await deliver(JSON.stringify([event(t.realmId)])),
      await deliver(JSON.stringify([event('999')])),
    ];
    expect([nobodys.status, await nobodys.text()]).toEqual([ours.status, await ours.text()]);
    expect(await t.world.rows('select from billing.account_looks')).toHaveLength(1);
  });
});
