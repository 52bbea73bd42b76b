import type { BillingWorld } from '../billing-world.ts';
import { isWithin, nothing, sum, textOf, type Exact } from './exact.ts';
import { isOwn } from './meant.ts';
import type { Owed } from './oracle.ts';
import type { People } from './people.ts';

interface Line {
  customer: string;
  key: string;
  month: string;
  amount: string;
}

interface Account {
  exact: Exact;
  roundings: number;
  billed: bigint;
}

const thingIn = (key: string): string => /(?:subscription|usage):([\da-f-]{36})/.exec(key)?.[1] ?? key;

/** What is rated on drafts and on what is approved, each line under the month that it bills or corrects. */
const linesOf = (world: BillingWorld, tenantId: string): Promise<Line[]> =>
  world.rows<Line>(
    `select i.customer_id as customer, l.source_key as key, to_char(coalesce(l.corrects_period, i.period_start), 'YYYY-MM') as month,
       coalesce(l.rated ->> 'amountMinor', l.amount_minor::text) as amount
     from billing.invoice_lines l join billing.invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
     where l.tenant_id = $1`,
    [tenantId],
  );

const accounts = () => {
  const byKey = new Map<string, Account>();
  const of = (key: string): Account => {
    const found = byKey.get(key) ?? { exact: nothing, roundings: 0, billed: 0n };
    byKey.set(key, found);
    return found;
  };
  return { byKey, of };
};

/**
 * I2: everything is billed, once: what is on invoices, and what waits for the next one, is what the oracle has reckoned. An
 * invoice rounds each thing of a month once, so the two may be half of a minor unit a rounding apart. What people have set or
 * left is beside it: that it stands as they said is looked at with the other invariants.
 */
export const billedAsOwed = async (
  { world, tenantId, people }: { world: BillingWorld; tenantId: string; people: People },
  owed: readonly Owed[],
): Promise<string[]> => {
  const { left } = people.drafts.meant;
  const things = accounts();
  const customers = accounts();
  for (const { thing, companyId, month, amount, roundings } of owed) {
    const customer = people.customers.get(companyId);
    if (customer === undefined || people.skipped.has(month) || left.has(`${customer} ${month}`)) continue;
    for (const account of [things.of(`${customer} ${month} ${thing}`), customers.of(customer)]) {
      account.exact = sum(account.exact, amount);
      account.roundings += roundings;
    }
  }
  const waiting = await world.rows<{ customer: string; amount: string }>(
    "select customer_id as customer, amount_minor::text as amount from billing.exceptions where tenant_id = $1 and code = 'correction.waiting' and resolved_at is null",
    [tenantId],
  );
  for (const { customer, amount } of waiting) customers.of(customer).billed += BigInt(amount);
  const isWaiting = new Set(waiting.map(({ customer }) => customer));
  for (const { customer, key, month, amount } of await linesOf(world, tenantId)) {
    if (isOwn(key) || left.has(`${customer} ${month}`)) continue;
    customers.of(customer).billed += BigInt(amount);
    things.of(`${customer} ${month} ${thingIn(key)}`).billed += BigInt(amount);
  }
  const off = [...customers.byKey, ...things.byKey].filter(
    ([key, { billed, exact, roundings }]) =>
      // Of what waits only the customer's sum is known.
      !(key.includes(' ') && isWaiting.has(key.slice(0, 36))) && !isWithin(billed, exact, roundings),
  );
  return off.map(([key, { billed, exact }]) => `I2 ${key}: ${billed} billed, ${textOf(exact)} owed`);
};

/** I2: people's own lines are on invoices, also where nothing else is billed any more. */
export const ownLinesBilled = async ({
  world,
  tenantId,
  people,
}: {
  world: BillingWorld;
  tenantId: string;
  people: People;
}): Promise<string[]> => {
  const lines = await world.rows<{ key: string }>(
    "select source_key as key from billing.invoice_lines where tenant_id = $1 and source_key like 'manual:%'",
    [tenantId],
  );
  const there = new Set(lines.map(({ key }) => key));
  return [...people.drafts.meant.edits]
    .filter(([line]) => isOwn(line) && !there.has(line.slice(line.indexOf('manual:'))))
    .map(([line, cents]) => `I2 ${line} of ${cents} is on no invoice`);
};

/** I2: every month that is over was run, closed or left out by somebody, and none is missing. */
export const everyMonth = async (
  { world, tenantId }: { world: BillingWorld; tenantId: string },
  { since, until }: { since: string; until: string },
): Promise<string[]> =>
  (
    await world.rows<{ month: string; state: string | null }>(
      `select to_char(m, 'YYYY-MM') as month, p.state from generate_series($2::timestamp, $3::date - interval '1 month', '1 month') m
       left join billing.periods p on p.tenant_id = $1 and p.period = m::date
       where p.state is null or p.state not in ('run', 'closed', 'skipped') order by 1`,
      [tenantId, since, until],
    )
  ).map(({ month, state }) => `I2 ${month} is ${state ?? 'lost'}`);

/** I2: no month is billed before all of its usage was read. */
export const noneTooSoon = async (
  { world, tenantId }: { world: BillingWorld; tenantId: string },
  { on, readOn }: { on: string; readOn: string },
): Promise<string[]> =>
  (
    await world.rows<{ month: string }>(
      `select to_char(period, 'YYYY-MM') as month from billing.periods
       where tenant_id = $1 and run_on = $2 and (period + interval '1 month')::date > $3::date order by 1`,
      [tenantId, on, readOn || '-infinity'],
    )
  ).map(({ month }) => `I2 ${month} was billed although its usage was read on ${readOn} last`);

/** All that a run could change, a line each. */
export const stateOf = async (world: BillingWorld, tenantId: string): Promise<string[]> =>
  (
    await world.rows<{ line: string }>(
      `select concat_ws(' ', 'invoice', period_start, customer_id, status, total_minor, content_hash) as line
         from billing.invoices where tenant_id = $1
       union all select concat_ws(' ', 'line', source_key, amount_minor) from billing.invoice_lines where tenant_id = $1
       union all select concat_ws(' ', 'open', subject_key, code, period, amount_minor) from billing.exceptions
         where tenant_id = $1 and resolved_at is null
       union all select concat_ws(' ', 'month', period, state) from billing.periods where tenant_id = $1
       order by 1`,
      [tenantId],
    )
  ).map(({ line }) => line);

/** I6: run N of the same period is a no-op. */
export const changed = (before: readonly string[], after: readonly string[]): string[] => [
  ...before.filter((line) => !after.includes(line)).map((line) => `I6 another run takes away ${line}`),
  ...after.filter((line) => !before.includes(line)).map((line) => `I6 another run adds ${line}`),
];
