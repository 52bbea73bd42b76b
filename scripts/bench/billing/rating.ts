import { rate } from '../../../services/billing/src/rating/rate.ts';
import type { RatingInput } from '../../../services/billing/src/rating/rating-values.ts';
import { readRatingInput } from '../../../services/billing/src/invoice/draft-input.ts';
import { compare, told } from '../rounds.ts';
import { customers, subscriptionsEach, type BillingWorld } from './billing-world.ts';
import { period } from './rated-month.ts';

const leastPerSecond = 200_000;
const previewWithinMs = 5_000;

/** The same month, priced by the same rules and summed by customer, in one statement. */
const asStatement = `
  select c.id, sum(l.amount) as total from billing.customers c join lateral (
    select round(case r.kind when 'fixed' then r.unit_price_e8::numeric * s.quantity_e6
      else s.cost_e8::numeric * s.quantity_e6 * (1000000 + r.markup_ppm) / 1000000 end / 1e14) as amount
    from billing.pax8_subscriptions s join lateral (
      select p.* from billing.price_rules p
      where (p.customer_id is null or p.customer_id = c.id) and (p.product_id is null or p.product_id = s.product_id)
        and (p.billing_term is null or p.billing_term = s.billing_term) and p.valid_from <= '2026-01-01'
      order by (p.customer_id is null), (p.product_id is null), p.valid_from desc limit 1) r on true
    where s.company_id = c.pax8_company_id and s.effective_from < '2026-02-01' and s.effective_to is null) l on true
  group by c.id`;

const perSecond = (lines: number, ms: number): number => (lines / ms) * 1000;

/** What the process computed for, whatever else the machine did meanwhile: a rate of one core. */
const cpuMs = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
};

/** Usage of the same customers: a line each, as a period's sums come from the database. */
const asUsage = (input: RatingInput): RatingInput => ({
  ...input,
  subscriptions: [],
  usage: input.subscriptions.map(({ id, companyId, productId, productName, quantityE6, costE8, currency }) => ({
    from: period.start,
    summaryId: id,
    companyId,
    productId,
    productName,
    resourceGroup: 'group',
    unitOfMeasure: 'Hour',
    quantityE6,
    partnerTotalE8: costE8 ?? 0n,
    currency,
  })),
});

const heapMiB = (): number => process.memoryUsage().heapUsed / 2 ** 20;

/** The rating core on one core against one statement of PostgreSQL, then a preview with its reading. */
export const benchRating = async ({ server, database, scope }: BillingWorld): Promise<boolean> => {
  const lines = customers * subscriptionsEach;
  const input: RatingInput = { ...(await readRatingInput(database, scope, period)), period, currency: 'USD' };
  const best = { subscriptions: 0, usage: 0 };
  const rated = (kind: keyof typeof best, of: RatingInput) => (): Promise<number> => {
    const [began, before] = [performance.now(), process.cpuUsage()];
    const { drafts } = rate(of);
    const found = perSecond(lines, performance.now() - began);
    if (drafts.length !== customers) throw new Error(`${drafts.length} drafts of ${customers} customers`);
    best[kind] = Math.max(best[kind], perSecond(lines, cpuMs(before)));
    return Promise.resolve(found);
  };
  const statement = async (): Promise<number> => {
    const began = performance.now();
    const { rows } = await server.administrator.query(asStatement);
    if (rows.length !== customers) throw new Error(`${rows.length} sums of ${customers} customers`);
    return perSecond(lines, performance.now() - began);
  };
  const title = `billing: ${lines} lines rated a second, against one statement`;
  const isNearSubscriptions = await compare({
    title: `${title}, subscriptions`,
    ours: rated('subscriptions', input),
    floor: statement,
    target: 1,
  });
  const isNearUsage = await compare({
    title: `${title}, usage`,
    ours: rated('usage', asUsage(input)),
    floor: statement,
    target: 1,
  });
  const isFast = Math.min(best.subscriptions, best.usage) >= leastPerSecond;
  process.stdout.write(
    `  at best ${Math.round(best.subscriptions)} of subscriptions, ${Math.round(best.usage)} of usage a second on one core, target ${leastPerSecond} ${told(isFast)}\n`,
  );
  const began = performance.now();
  const before = heapMiB();
  const preview = rate({ ...(await readRatingInput(database, scope, period)), period, currency: 'USD' });
  const tookMs = performance.now() - began;
  const isSoon = tookMs <= previewWithinMs;
  process.stdout.write(
    `billing: preview of ${customers} customers with ${subscriptionsEach} subscriptions each, read and rated: ${Math.round(tookMs)} ms, ${preview.drafts.length} drafts, ${Math.round(heapMiB() - before)} MiB more, target ${previewWithinMs} ms ${told(isSoon)}\n`,
  );
  return isNearSubscriptions && isNearUsage && isFast && isSoon;
};
