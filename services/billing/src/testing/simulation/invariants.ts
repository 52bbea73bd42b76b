import type { BillingWorld } from '../billing-world.ts';
import { approvedLines } from './approved-lines.ts';
import type { People } from './people.ts';

/** A tenant whose world is looked at, after whatever has happened in it. */
export interface Checked {
  world: BillingWorld;
  tenantId: string;
  people: People;
  /** Rows of others that the tenant's own login can see, by table. */
  foreignRows: () => Promise<string[]>;
  /** What was asked of Pax8 with somebody else's token, or about somebody else's things. */
  foreignCalls: readonly string[];
  /** Is in no log and no row. */
  secret: string;
  /** Lines of logs that have it. */
  toldSecrets: readonly string[];
}

type Invariant = (checked: Checked) => Promise<string[]>;

/** Each key on one line: what is billed twice by amount is found against the oracle. */
const billedOnce: Invariant = async ({ world, tenantId }) =>
  (
    await world.rows<{ key: string }>(
      'select source_key as key from billing.invoice_lines where tenant_id = $1 group by source_key having count(*) > 1',
      [tenantId],
    )
  ).map(({ key }) => `${key} is billed twice`);

const sumsUp: Invariant = async ({ world, tenantId }) =>
  (
    await world.rows<{ id: string }>(
      `select i.id from billing.invoices i left join billing.invoice_lines l on l.tenant_id = i.tenant_id and l.invoice_id = i.id
       where i.tenant_id = $1 group by i.tenant_id, i.id having i.total_minor <> coalesce(sum(l.amount_minor), 0)`,
      [tenantId],
    )
  ).map(({ id }) => `the lines of ${id} are not its total`);

const approvedStays: Invariant = async ({ world, tenantId, people }) => {
  const now = await approvedLines(world, tenantId);
  return [...people.approved]
    .filter(([id, lines]) => now.get(id) !== lines)
    .map(([id]) => `the approved invoice ${id} has changed, or is gone`);
};

const nothingForeign: Invariant = async ({ foreignRows, foreignCalls }) => [
  ...(await foreignRows()).map((table) => `the tenant's login sees rows of others in ${table}`),
  ...foreignCalls.map((call) => `the tenant's job asked ${call}, which is not its own`),
];

/** What a person was told to be so is so. */
const acknowledgedStays: Invariant = async ({ world, tenantId, people }) => {
  const rules = await world.rows<{ id: string; to: string | null }>(
    'select id, valid_to::text as "to" from billing.price_rules where tenant_id = $1',
    [tenantId],
  );
  const there = new Map(rules.map(({ id, to }) => [id, to]));
  return [...people.rules]
    .filter(([rule, { id }]) => !there.has(id) || there.get(id) !== rule.to)
    .map(([, { id }]) => `the price rule ${id} is not what a person was told`);
};

/** In which tables of a tenant's rows something stands that must stand in none. */
const tablesWith = async (world: BillingWorld, tenantId: string, text: string): Promise<string[]> => {
  const tables = await world.rows<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.columns
     where column_name = 'tenant_id' and table_schema in ('billing', 'app') order by 1`,
  );
  const each = tables.map(
    ({ name }) => `select '${name}' as name from ${name} t where tenant_id = $1 and strpos(t::text, $2) > 0`,
  );
  return (await world.rows<{ name: string }>(each.join(' union '), [tenantId, text])).map(({ name }) => name);
};

const noSecret: Invariant = async ({ world, tenantId, secret, toldSecrets }) => [
  ...(await tablesWith(world, tenantId, secret)).map((table) => `${table} has an access token`),
  ...toldSecrets.map(() => 'a log has an access token'),
];

/** By the ids of the reliability sheet; the others are what `whole-billing.ts` and `books.ts` compare. */
const invariants: Record<string, Invariant> = {
  I1: billedOnce,
  I3: sumsUp,
  I4: approvedStays,
  I7: nothingForeign,
  I8: acknowledgedStays,
  I11: noSecret,
};

/** What holds at any time, whatever has happened. */
export const alwaysTrue = async (checked: Checked): Promise<string[]> => {
  const found: string[] = [];
  for (const [id, holds] of Object.entries(invariants))
    for (const violation of await holds(checked)) found.push(`${id} ${violation}`);
  return found;
};
