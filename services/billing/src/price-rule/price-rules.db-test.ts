import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftWorld, type DraftWorld } from '../testing/draft-world.ts';
import { PriceRule } from './contract.ts';

let draft: DraftWorld;
beforeAll(async () => {
  draft = await draftWorld();
});
afterAll(() => draft.world.close());

let posted = 0;
const call = (method: string, path: string, body?: unknown, version?: number) =>
  draft.world.api.call(method, `/api/billing/v1/${path}`, {
    actor: { tenantId: draft.world.tenantId },
    ...(body !== undefined && { body }),
    headers: {
      'idempotency-key': `key-${(posted += 1)}`,
      ...(version !== undefined && { 'if-match': `"v${version}"` }),
    },
  });
const add = async (rule: unknown) => PriceRule.parse((await call('POST', 'price-rules', rule)).body);
const refused = async (rule: unknown) => {
  const { status, body } = await call('POST', 'price-rules', rule);
  return [status, ...(body.errors ?? []).map(({ pointer }: { pointer: string }) => pointer)];
};
const productId = '0190f000-0000-7000-8000-0000000000aa';

describe('a rule comes back as it was given', () => {
  it.each([
    { kind: 'fixed', unitPrice: '22.00', currency: 'USD', billingTerm: 'Monthly', setup: '150.00', minimum: '10.00' },
    { kind: 'fixed', unitPrice: '264.00', currency: 'USD', billingTerm: 'Annual' },
    { kind: 'flat', unitPrice: '49.00', currency: 'USD', billingTerm: 'usage' },
    { kind: 'margin', marginPercent: '20', billingTerm: '2-Year', discountPercent: '2.5' },
    {
      kind: 'markup',
      markupPercent: '-5',
      billingTerm: '3-Year',
      floorPrice: '15.00',
      floorMargin: '3.00',
      rounding: 'unit',
      currency: 'USD',
    },
    { kind: 'free', billingTerm: 'One-Time' },
    {
      kind: 'graduated',
      currency: 'EUR',
      tiers: [
        { upTo: '10', unitPrice: '10.00', flatFee: '5.00' },
        { upTo: null, unitPrice: '0.0006', flatFee: '0.00' },
      ],
    },
  ])('%j', async (rule) => expect(await add({ ...rule, productId })).toMatchObject(rule));
});

it.each<[string, unknown, string]>([
  ['an amount without a currency', { kind: 'markup', markupPercent: '20', floorPrice: '1.00' }, '/body/currency'],
  ['no currency of the world', { kind: 'fixed', unitPrice: '1', currency: 'ZZZ' }, '/body/currency'],
  ['a margin of the whole price', { kind: 'margin', marginPercent: '100' }, '/body/marginPercent'],
  ['more than all off', { kind: 'markup', markupPercent: '20', discountPercent: '101' }, '/body/discountPercent'],
  [
    'a minimum of what is paid in advance',
    { kind: 'fixed', unitPrice: '1', currency: 'USD', billingTerm: 'Annual', minimum: '9' },
    '/body/minimum',
  ],
  ['decimals of yen', { kind: 'fixed', unitPrice: '1', currency: 'JPY', setup: '1.5' }, '/body/setup'],
  [
    'tiers that go down',
    {
      kind: 'volume',
      currency: 'USD',
      tiers: [
        { upTo: '10', unitPrice: '1' },
        { upTo: '5', unitPrice: '1' },
        { upTo: null, unitPrice: '1' },
      ],
    },
    '/body/tiers/1/upTo',
  ],
  [
    'a last tier with an end',
    { kind: 'volume', currency: 'USD', tiers: [{ upTo: '10', unitPrice: '1' }] },
    '/body/tiers/0/upTo',
  ],
])('%s is refused by field', async (_title, rule, pointer) => {
  expect(await refused(rule)).toEqual([400, pointer]);
});

it('a rule that priced what is approved is ended and not removed', async () => {
  await draft.draft();
  await draft.approve('Fabrikam');
  const { data } = (await call('GET', 'price-rules')).body as { data: PriceRule[] };
  const general = data.find(({ kind, productId: of }) => kind === 'markup' && of === null);
  if (!general) throw new Error('The rule of this world was expected');
  const removal = await call('DELETE', `price-rules/${general.id}`, undefined, general.version);
  expect([removal.status, removal.body.code]).toEqual([409, 'price-rule.used']);
  expect((await call('POST', `price-rules/${general.id}/end`, { validTo: '1999-12-31' }, general.version)).status).toBe(
    409,
  );
  const ended = await call('POST', `price-rules/${general.id}/end`, { validTo: '2026-03-01' }, general.version);
  expect(ended.body).toMatchObject({ validTo: '2026-03-01', version: general.version + 1 });
});

it('days are counted in another way from a month on in which nothing is approved', async () => {
  expect((await call('GET', 'proration')).body).toMatchObject({ proration: 'actual', validFrom: '2000-01-01' });
  const wanted = { proration: 'thirty-360', validFrom: '2026-01-01' };
  expect((await call('PUT', 'proration', wanted)).body.code).toBe('proration.billed');
  await call('PUT', 'proration', { ...wanted, validFrom: '2026-02-01' });
  expect((await call('GET', 'proration')).body).toMatchObject({ proration: 'thirty-360', validFrom: '2026-02-01' });
});
