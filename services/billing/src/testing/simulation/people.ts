import { randomUUID } from 'node:crypto';
import type { BillingWorld } from '../billing-world.ts';
import { addDays } from '../../rating/period.ts';
import { daysBack, type Life } from './life.ts';
import { draftActsOf, type DraftActs } from './draft-acts.ts';
import type { Oracle, Rule } from './oracle.ts';
import type { Product } from './pax8-machine.ts';
import type { Random } from './random.ts';

export interface People {
  /** Months that somebody has left out. */
  skipped: Set<string>;
  drafts: DraftActs;
  customers: Map<string, string>;
  /** The rules that they were told are there. */
  rules: ReadonlyMap<Rule, { id: string }>;
  begin(): Promise<void>;
  /** What they do on a day: prices, approvals, months, customers. */
  act(day: string): Promise<void>;
}

export const peopleOf = (
  {
    world,
    tenantId,
    life,
    oracle,
    random,
  }: { world: BillingWorld; tenantId: string; life: Life; oracle: Oracle; random: Random },
  first: string,
): People => {
  const call = (method: string, path: string, body?: object) =>
    world.api.call(method, `/api/billing/v1/${path}`, {
      actor: { tenantId },
      ...(body && { body }),
      headers: { 'idempotency-key': randomUUID() },
    });
  const drafts = draftActsOf({ world, tenantId, random, call });
  const skipped = new Set<string>();
  const customers = new Map<string, string>();
  const importOn = new Map(
    life.machine.companies.map(({ id }) => [id, addDays(first, random.chance(0.5) ? 0 : random.below(60))]),
  );
  const ruleIds = new Map<Rule, { id: string; version: number }>();

  const addRule = async (product: Product | null, from: string): Promise<void> => {
    const rule: Rule = {
      product,
      from,
      to: null,
      priceCents: product === null ? null : 500 + random.below(30_000),
      markupPpm: product === null ? 10_000 * random.below(60) : null,
    };
    const { status, body } = await call('POST', 'price-rules', {
      validFrom: from,
      ...(product === null
        ? { kind: 'markup', markupPercent: String((rule.markupPpm ?? 0) / 10_000) }
        : {
            kind: 'fixed',
            productId: life.ids.products[product],
            billingTerm: product === 'monthly' ? 'Monthly' : 'Annual',
            unitPrice: ((rule.priceCents ?? 0) / 100).toFixed(2),
            currency: 'USD',
          }),
    });
    if (status !== 201 && status !== 200) return;
    oracle.rules.push(rule);
    ruleIds.set(rule, body);
  };
  const around = (day: string): string => addDays(day, random.below(daysBack + 20) - daysBack);
  const endRule = async (day: string): Promise<void> => {
    const rule = random.pick(oracle.rules.filter(({ product, to }) => product !== null && to === null));
    const known = rule && ruleIds.get(rule);
    const validTo = around(day);
    if (!rule || !known || validTo <= rule.from) return;
    const { status } = await world.api.call('POST', `/api/billing/v1/price-rules/${known.id}/end`, {
      actor: { tenantId },
      body: { validTo },
      headers: { 'if-match': `"v${known.version}"`, 'idempotency-key': randomUUID() },
    });
    if (status !== 200) throw new Error(`A rule could not be ended: ${status}`);
    rule.to = validTo;
  };
  const forgotten = new Map<string, boolean>();
  // Of some months nobody ever approves a customer's invoice.
  const isForgotten = (month: string): boolean => {
    const known = forgotten.get(month) ?? random.chance(0.12);
    forgotten.set(month, known);
    return known;
  };
  const months = async (states: string): Promise<string[]> =>
    (
      await world.rows<{ period: string }>(
        `select period::text from billing.periods where tenant_id = $1 and state in (${states}) order by period`,
        [tenantId],
      )
    ).map(({ period }) => period);
  const skip = async (): Promise<void> => {
    const month = random.pick(await months("'due'"));
    if (month === undefined) return;
    const { status } = await call('POST', `periods/${month}/skip`, { reason: 'By hand' });
    if (status === 200) skipped.add(month.slice(0, 7));
  };
  const runAgain = async (): Promise<void> => {
    const month = random.pick(await months("'run', 'skipped', 'closed'"));
    if (month === undefined) return;
    const { status } = await call('POST', `periods/${month}/run`);
    if (status < 300) skipped.delete(month.slice(0, 7));
  };
  const importDue = async (day: string): Promise<void> => {
    for (const { id, name } of life.machine.companies) {
      if (customers.has(id) || (importOn.get(id) ?? '') > day) continue;
      const customer = random.uuid();
      customers.set(id, customer);
      await world.rows(
        "insert into billing.customers (tenant_id, id, name, pax8_company_id, state, entity_version) values ($1, $2, $3, $4, 'active', 1)",
        [tenantId, customer, name, id],
      );
    }
  };
  return {
    skipped,
    drafts,
    customers,
    rules: ruleIds,
    begin: async () => {
      await addRule(null, '2000-01-01');
      for (const product of ['monthly', 'annual'] as const)
        if (random.chance(0.7)) await addRule(product, '2000-01-02');
    },
    act: async (day) => {
      world.clock.at = new Date(`${day}T12:00:00Z`);
      await importDue(day);
      if (random.chance(0.02)) await addRule(random.pick([null, 'monthly', 'annual'] as const) ?? null, around(day));
      if (random.chance(0.006)) await endRule(day);
      await drafts.act();
      if (random.chance(0.12)) await drafts.approve((month) => !isForgotten(month) && !random.chance(0.3));
      if (random.chance(0.005)) await skip();
      if (random.chance(0.01)) await runAgain();
    },
  };
};
