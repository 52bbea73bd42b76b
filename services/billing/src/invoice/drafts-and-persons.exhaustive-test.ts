import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import { InvoiceDetail } from '../contract.ts';
import { draftWorld, type DraftWorld } from '../testing/draft-world.ts';

let t: DraftWorld;
beforeEach(async () => {
  t = await draftWorld();
  t.world.clock.at = new Date('2026-02-06T06:00:00Z');
  await t.draft();
});
afterEach(() => t.world.close());

const grace = { memberId: '0190c000-0000-7000-8000-0000000000bb', name: 'Grace' };
let keys = 0;
const call = (method: string, path: string, body?: unknown, who: object = {}) =>
  t.world.api.call(method, `/api/billing/v1/${path}`, {
    actor: { tenantId: t.world.tenantId, ...who },
    ...(body !== undefined && { body }),
    headers: { 'idempotency-key': `key-${(keys += 1)}` },
  });
const idOf = async (customer: string, period = '2026-01-01') =>
  required(
    (
      await t.world.rows<{ id: string }>(
        'select id from billing.invoices where customer_name = $1 and period_start = $2',
        [customer, period],
      )
    )[0],
    `${customer}, ${period}`,
  ).id;
const invoiceOf = async (customer = 'Fabrikam', period?: string): Promise<InvoiceDetail> =>
  InvoiceDetail.parse((await call('GET', `invoices/${await idOf(customer, period)}`)).body);
const act = async (path: string, body?: (invoice: InvoiceDetail) => object, who?: object, customer = 'Fabrikam') => {
  const invoice = await invoiceOf(customer);
  return call('POST', `invoices/${invoice.id}/${path}`, body?.(invoice), who);
};
const approve = (who?: object) => act('approval', ({ contentHash }) => ({ contentHash }), who);
const edit = (change: object, who?: object) =>
  act('edits', ({ contentHash }) => ({ contentHash, reason: 'Agreed with the customer', ...change }), who);
const seats = ({ lines }: InvoiceDetail) =>
  required(
    lines.find(({ quantity }) => quantity === '45'),
    'the line of 45 seats',
  );
const limitTo = (limitMinor: string | null) => call('PUT', 'approval-limits', { currency: 'USD', limitMinor });
const lookAgain = () => t.draft('2026-02-01');
const openLeft = () =>
  t.world.rows(
    "select amount_minor::text as amount from billing.exceptions where code = 'invoice.left' and resolved_at is null",
  );

describe('a draft that a person changes', () => {
  it('keeps the change beside what the rating says, also when a run writes it anew', async () => {
    const before = await invoiceOf();
    const { id: lineId } = seats(before);
    const answer = await edit({ act: 'change', lineId, quantity: '40', description: 'Forty seats' });
    const after = InvoiceDetail.parse(answer.body);
    // 5 seats of 10.45 × 1.25 less.
    expect(BigInt(before.totalMinor) - BigInt(after.totalMinor)).toBe(6_531n);
    expect(after.contentHash).not.toBe(before.contentHash);
    expect(after.lines.find(({ id }) => id === lineId)).toMatchObject({
      description: 'Forty seats',
      amountMinor: '52250',
      edit: { reason: 'Agreed with the customer', by: 'Ada', rated: { quantity: '45', amountMinor: '58781' } },
    });

    await call('POST', 'price-rules', { kind: 'markup', markupPercent: '30', validFrom: '2026-01-01' });
    await t.draft();
    expect((await invoiceOf()).lines).toHaveLength(before.lines.length);
    expect((await invoiceOf()).lines.filter(({ description }) => description === 'Forty seats')).toHaveLength(1);
    await t.draft();
    expect(await t.lastRun()).toMatchObject({ counts: { created: 0, updated: 0 } });
  });

  it('has a line of their own added, changed and taken away', async () => {
    const before = await invoiceOf();
    await edit({ act: 'add', description: 'Visit on site', quantity: '1.5', unitPrice: '90' });
    const own = ({ lines }: InvoiceDetail) => required(lines.at(-1), 'a line');
    expect(own(await invoiceOf())).toMatchObject({ amountMinor: '13500', costMinor: null, edit: { rated: null } });
    await edit({ act: 'change', lineId: own(await invoiceOf()).id, quantity: '2' });
    await t.draft();
    expect(own(await invoiceOf())).toMatchObject({ description: 'Visit on site', amountMinor: '18000' });
    await edit({ act: 'undo', lineId: own(await invoiceOf()).id });
    expect((await invoiceOf()).contentHash).toBe(before.contentHash);
  });

  it('is as rated again when the change is taken back', async () => {
    const before = await invoiceOf();
    const { id: lineId } = seats(before);
    await edit({ act: 'change', lineId, unitPrice: '1' });
    await edit({ act: 'change', lineId, description: 'Other words' });
    expect((await invoiceOf()).lines.find(({ id }) => id === lineId)).toMatchObject({ amountMinor: '4500' });
    await edit({ act: 'undo', lineId });
    expect((await invoiceOf()).contentHash).toBe(before.contentHash);
    expect((await invoiceOf()).lines.every((line) => line.edit === null)).toBe(true);
  });

  it('is not corrected later by what a person meant', async () => {
    const { id: lineId } = seats(await invoiceOf());
    await edit({ act: 'change', lineId, unitPrice: '1' });
    await edit({ act: 'add', description: 'Visit', quantity: '1', unitPrice: '90' });
    await approve();
    await lookAgain();
    expect((await invoiceOf('Fabrikam', '2026-02-01')).lines.filter(({ correctsPeriod }) => correctsPeriod)).toEqual(
      [],
    );
  });

  it('is refused where it was not seen so, is no draft, or has too large a number', async () => {
    const { id, contentHash } = await invoiceOf();
    const add = { act: 'add', reason: 'Asked', description: 'Visit', quantity: '1', unitPrice: '1' };
    expect((await call('POST', `invoices/${id}/edits`, { ...add, contentHash: 'other' })).body.code).toBe(
      'invoice.changed',
    );
    const huge = { ...add, contentHash, quantity: '1234567890', unitPrice: '1' };
    expect((await call('POST', `invoices/${id}/edits`, huge)).body).toMatchObject({ code: 'request.invalid' });
    await approve();
    expect((await call('POST', `invoices/${id}/edits`, { ...add, contentHash })).body.code).toBe('invoice.wrong-state');
  });
});

describe('a draft that is held', () => {
  it('is approved by nobody until it is released, also after a run', async () => {
    await act('hold', () => ({ reason: 'The customer asked a question' }));
    await t.draft();
    expect((await approve()).body.code).toBe('invoice.wrong-state');
    const month = (await call('GET', 'periods')).body.data.find(
      ({ period }: { period: string }) => period === '2026-01-01',
    );
    expect(month.held).toMatchObject({ count: 1, totals: [{ amountMinor: '85363', currency: 'USD' }] });
    await act('release');
    expect((await approve()).body.status).toBe('approved');
  });

  it('until a day is free on that day', async () => {
    expect((await act('hold', () => ({ reason: 'Later', until: '2026-02-05' }))).body.code).toBe('request.invalid');
    await act('hold', () => ({ reason: 'Later', until: '2100-02-20' }));
    expect((await invoiceOf()).decision).toMatchObject({ kind: 'held', until: '2100-02-20', by: 'Ada' });
    await t.world.rows("update billing.invoice_decisions set held_until = '2026-02-20', held_until_at = '2026-02-20'");
    expect(await invoiceOf()).toMatchObject({
      decision: null,
      acts: { approve: { may: true }, release: { may: false } },
    });
  });
});

describe('a draft that is rejected', () => {
  it('is left unbilled, told with its amount, and corrected by nothing', async () => {
    await act('rejection', ({ contentHash }) => ({ contentHash, reason: 'A trial', things: 'left' }));
    expect(await openLeft()).toEqual([{ amount: '85363' }]);
    required(t.world.account().usage[0], 'usage').lines.forEach((line) =>
      Object.assign(line, { partnerTotal: '1.00' }),
    );
    await t.sync(7, '2026-02');
    await lookAgain();
    expect(await invoiceOf()).toMatchObject({ status: 'rejected', decision: { kind: 'left', reason: 'A trial' } });
    expect((await invoiceOf('Fabrikam', '2026-02-01')).lines.filter(({ correctsPeriod }) => correctsPeriod)).toEqual(
      [],
    );
    expect(await openLeft()).toHaveLength(1);

    await act('taking-back', () => ({ reason: 'It was none' }));
    expect(await invoiceOf()).toMatchObject({ status: 'draft', decision: null });
    expect(await openLeft()).toEqual([]);
  });

  it('to be drafted anew is so without what persons changed, and approved after that', async () => {
    const before = await invoiceOf();
    await edit({ act: 'add', description: 'Visit', quantity: '1', unitPrice: '90' });
    await act('rejection', ({ contentHash }) => ({ contentHash, reason: 'Not so', things: 'anew' }));
    expect((await invoiceOf()).contentHash).toBe(before.contentHash);
    expect((await approve()).body.code).toBe('invoice.wrong-state');
    const [row] = await t.world.rows<{ asked: boolean }>(
      "select asked_at is not null as asked from billing.periods where period = '2026-01-01'",
    );
    expect(row).toEqual({ asked: true });
    await t.draft();
    expect((await approve()).body.status).toBe('approved');
  });

  it('to be drafted anew loses also what was changed of a line that is not rated at present', async () => {
    const usage = required(t.world.account().usage[0], 'usage');
    const { lines } = usage;
    const rated = await invoiceOf();
    const { id: lineId } = required(
      rated.lines.find(({ description }) => /rg-main/.test(description)),
      'the line of usage',
    );
    await edit({ act: 'change', lineId, quantity: '1', unitPrice: '1' });
    usage.lines = [];
    await t.sync(7, '2026-02');
    await t.draft();
    expect((await invoiceOf()).lines.filter((line) => line.edit)).toEqual([]);
    await act('rejection', ({ contentHash }) => ({ contentHash, reason: 'Not so', things: 'anew' }));
    usage.lines = lines;
    await t.sync(8, '2026-02');
    await t.draft();
    expect((await invoiceOf()).contentHash).toBe(rated.contentHash);
  });
});

describe('an approval', () => {
  it('is taken back, and its month drafted anew', async () => {
    await approve();
    await act('taking-back', () => ({ reason: 'Too early' }));
    expect(await invoiceOf()).toMatchObject({ status: 'draft', approvedAt: null, approvals: [] });
    await t.draft();
    expect((await approve()).body.status).toBe('approved');
  });

  it('whose month is corrected on another invoice already stays', async () => {
    await approve();
    required(t.world.account().usage[0], 'usage').lines.forEach((line) =>
      Object.assign(line, { partnerTotal: '1.00' }),
    );
    await t.sync(7, '2026-02');
    await lookAgain();
    const refused = await act('taking-back', () => ({ reason: 'Too early' }));
    expect(refused.body).toMatchObject({ code: 'invoice.wrong-state', detail: expect.stringContaining('2026-02') });
  });

  it('of many says what became of each', async () => {
    const [fabrikam, tailspin] = [await invoiceOf(), await invoiceOf('Tailspin Toys')];
    const { data } = (
      await call('POST', 'invoice-approvals', {
        invoices: [
          { id: fabrikam.id, contentHash: fabrikam.contentHash },
          { id: tailspin.id, contentHash: 'other' },
          { id: t.world.tenantId, contentHash: 'x' },
        ],
      })
    ).body;
    const fate = (id: string) => data.find((one: { id: string }) => one.id === id);
    expect(fate(fabrikam.id)).toMatchObject({ outcome: 'approved', why: null });
    expect(fate(tailspin.id)).toMatchObject({ outcome: 'refused', why: expect.stringContaining('Look at its lines') });
    expect(fate(t.world.tenantId)).toMatchObject({ outcome: 'refused' });
    expect((await invoiceOf()).status).toBe('approved');
    expect((await invoiceOf('Tailspin Toys')).status).toBe('draft');
  });
});

describe('above the limit', () => {
  it('two persons approve, each of whom saw the same', async () => {
    await limitTo('50000');
    expect((await approve()).body).toMatchObject({ status: 'draft', approversNeeded: 2, approvals: [{ by: 'Ada' }] });
    expect((await approve()).body.code).toBe('invoice.wrong-state');
    // A change in between is another invoice: the first approval was of something else.
    await edit({ act: 'add', description: 'Visit', quantity: '1', unitPrice: '90' }, grace);
    expect((await approve(grace)).body).toMatchObject({ status: 'draft', approvals: [{ by: 'Grace' }] });
    t.world.clock.at = new Date('2026-02-06T06:01:00Z');
    expect((await approve()).body).toMatchObject({ status: 'approved', approvals: [{ by: 'Grace' }, { by: 'Ada' }] });
  });

  it('one person is enough up to it, and for all once it is taken away', async () => {
    await limitTo('85363');
    expect((await approve()).body.status).toBe('approved');
    await limitTo('10');
    const answer = await act('approval', ({ contentHash }) => ({ contentHash }), {}, 'Tailspin Toys');
    expect(answer.body.status).toBe('draft');
    await limitTo(null);
    expect((await act('approval', ({ contentHash }) => ({ contentHash }), grace, 'Tailspin Toys')).body.status).toBe(
      'approved',
    );
  });

  it('no statement of the service approves for one person alone', async () => {
    await limitTo('10');
    const id = await idOf('Fabrikam');
    const pool = t.world.database.pool('svc_billing');
    const client = await pool.connect();
    try {
      await client.query(
        `begin; set local role app_service; select set_config('app.tenant_id', '${t.world.tenantId}', true)`,
      );
      await expect(
        client.query(
          "update billing.invoices set status = 'approved', approved_by = $1, approved_hash = content_hash, approved_at = now() where id = $2",
          [grace.memberId, id],
        ),
      ).rejects.toThrow('two persons');
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
