import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { billingWorld, type BillingWorld } from '../testing/billing-world.ts';

let world: BillingWorld;
beforeEach(async () => {
  world = await billingWorld();
});
afterEach(() => world.close());

const worklist = async () =>
  (await world.api.call('GET', '/api/billing/v1/worklist', { actor: { tenantId: world.tenantId } })).body;

const aRun = async (job: string, more: { state?: string; period?: string; at?: string } = {}): Promise<string> => {
  const { state = 'done', period = null, at = '2026-11-01T00:00:00Z' } = more;
  const [row] = await world.rows<{ id: string }>(
    `insert into billing.runs (tenant_id, job, period, fence, state, started_at, finished_at)
     select $1, $2, $3, count(*) + 1, $4, $5::timestamptz, $5::timestamptz from billing.runs where tenant_id = $1 and job = $2
     returning id`,
    [world.tenantId, job, period, state, at],
  );
  return row?.id ?? '';
};

const customers = (count: number): Promise<{ id: string }[]> =>
  world.rows(
    `insert into billing.customers (tenant_id, id, name, state, entity_version)
     select $1, app.uuid_v7(), 'Customer ' || n, 'active', 1 from generate_series(1, $2) n returning id`,
    [world.tenantId, count],
  );

/** One invoice a customer, of 1.00, 2.00 and so on. */
const invoices = async (
  status: string,
  count: number,
  more: { currency?: string; at?: string } = {},
): Promise<void> => {
  const { currency = 'USD', at = '2026-11-06T06:30:00Z' } = more;
  const runId = await aRun('invoice-run', { period: '2026-10-01', at });
  await customers(count);
  await world.rows(
    `insert into billing.invoices (tenant_id, customer_id, customer_name, period_start, period_end, currency, total_minor,
       content_hash, status, approved_hash, run_id, created_at, updated_at)
     select $1, id, name, '2026-10-01', '2026-11-01', $2, 100 * row_number() over (order by id), 'hash', $3,
       case when $3 = 'draft' then null else 'hash' end, $4, $5, $5
     from billing.customers c where not exists (select from billing.invoices i where i.customer_id = c.id)`,
    [world.tenantId, currency, status, runId, at],
  );
};

const exceptions = async (code: string, amounts: (number | null)[], currency = 'USD'): Promise<void> => {
  const runId = await aRun('invoice-run', { period: '2026-10-01' });
  await world.rows(
    `insert into billing.exceptions (tenant_id, run_id, subject_key, code, detail, next_step, amount_minor, currency)
     select $1, $2, $3 || ':' || $5 || ':' || n, $3, $3 || ' ' || n, 'Do it', amount,
       case when amount is null then null else $5 end
     from unnest($4::bigint[]) with ordinality a (amount, n)`,
    [world.tenantId, runId, code, amounts, currency],
  );
};

describe('the worklist', () => {
  it('counts all that waits, and shows the largest', async () => {
    await invoices('draft', 2_000);
    await exceptions(
      'price.missing',
      Array.from({ length: 600 }, (_, n) => n),
    );
    const { invoices: waiting, exceptions: causes } = await worklist();
    expect(waiting).toMatchObject([
      { status: 'draft', count: 2_000, totals: [{ amountMinor: '200100000', currency: 'USD' }] },
    ]);
    expect(waiting[0].largest.map(({ totalMinor }: { totalMinor: string }) => totalMinor)).toEqual([
      '200000',
      '199900',
      '199800',
      '199700',
      '199600',
    ]);
    expect(causes).toMatchObject([
      { code: 'price.missing', title: 'No price', isBilled: false, count: 600, totals: [{ amountMinor: '179700' }] },
    ]);
    expect(causes[0].largest.map(({ amount }: { amount: { amountMinor: string } }) => amount.amountMinor)).toEqual([
      '599',
      '598',
      '597',
      '596',
      '595',
    ]);
  });

  it('groups by cause, the most money first, and what nobody can put into money last', async () => {
    await exceptions('subscription.gone', [null, null, null]);
    await exceptions('price.below-cost', [500]);
    await exceptions('price.missing', [300, null]);
    await exceptions('price.missing', [900], 'EUR');
    await exceptions('term.unknown', [6], 'JPY');
    const { exceptions: causes } = await worklist();
    expect(
      causes.map(({ code, count, totals }: { code: string; count: number; totals: object[] }) => [code, count, totals]),
    ).toEqual([
      [
        'price.missing',
        3,
        [
          { amountMinor: '900', currency: 'EUR' },
          { amountMinor: '300', currency: 'USD' },
        ],
      ],
      ['term.unknown', 1, [{ amountMinor: '6', currency: 'JPY' }]],
      ['price.below-cost', 1, [{ amountMinor: '500', currency: 'USD' }]],
      ['subscription.gone', 3, []],
    ]);
  });

  it('names a posting that hangs, and none that is only under way', async () => {
    await invoices('posting', 2, { at: new Date(Date.now() - 3_600_000).toISOString() });
    await invoices('posting', 3, { at: new Date().toISOString() });
    expect((await worklist()).invoices).toMatchObject([{ status: 'posting', count: 2 }]);
  });

  it('leaves out what a person has dismissed, a run has resolved, or a later run has made good', async () => {
    await exceptions('price.missing', [1, 2, 3]);
    await world.rows("update billing.exceptions set dismissed_at = now() where detail = 'price.missing 1'");
    await world.rows("update billing.exceptions set resolved_at = now() where detail = 'price.missing 2'");
    await aRun('usage-sync', { state: 'failed', at: '2026-11-01T04:00:00Z' });
    await aRun('usage-sync', { at: '2026-11-02T04:00:00Z' });
    await aRun('invoice-run', { state: 'needs-person', period: '2026-09-01', at: '2026-10-06T06:00:00Z' });
    const { exceptions: causes, stoppedRuns } = await worklist();
    expect(causes).toMatchObject([{ count: 1, totals: [{ amountMinor: '3' }] }]);
    expect(stoppedRuns).toMatchObject([{ job: 'invoice-run', period: '2026-09-01', state: 'needs-person' }]);
  });

  it('says how far a new provider has come', async () => {
    expect((await worklist()).setUp).toEqual({
      customers: 0,
      priceRules: 0,
      usageSyncedAt: null,
      invoicedAt: null,
      invoicedPeriod: null,
    });
    await customers(2);
    await aRun('usage-sync', { at: '2026-11-02T04:00:00Z' });
    await aRun('invoice-run', { at: '2026-11-06T06:30:00Z', period: '2026-10-01' });
    const { setUp } = await worklist();
    expect(setUp).toMatchObject({ customers: 2, invoicedPeriod: '2026-10-01' });
    expect(setUp.usageSyncedAt).toMatch(/^2026-11-02T04:00:00/);
  });
});

it('lists the exceptions of one cause', async () => {
  await exceptions('price.missing', [1, 2]);
  await exceptions('term.unknown', [3]);
  const list = async (query: string) =>
    (await world.api.call('GET', `/api/billing/v1/exceptions?${query}`, { actor: { tenantId: world.tenantId } })).body;
  expect((await list('code=term.unknown')).data).toMatchObject([
    { code: 'term.unknown', amount: { amountMinor: '3', currency: 'USD' } },
  ]);
  const { page } = await list('code=price.missing&limit=1');
  expect((await list(`code=price.missing&limit=1&cursor=${page.next}`)).data).toHaveLength(1);
  expect((await list(`code=term.unknown&cursor=${page.next}`)).code).toBe('request.invalid');
});
