import type { BillingWorld } from '../billing-world.ts';
import { approvedLines } from './approved-lines.ts';
import type { Meant } from './meant.ts';
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
  return [...people.drafts.approved]
    .filter(([id, lines]) => now.get(id) !== lines)
    .map(([id]) => `the approved invoice ${id} has changed, or is gone`);
};

const nothingForeign: Invariant = async ({ foreignRows, foreignCalls }) => [
  ...(await foreignRows()).map((table) => `the tenant's login sees rows of others in ${table}`),
  ...foreignCalls.map((call) => `the tenant's job asked ${call}, which is not its own`),
];

/** What a person was told to be so is so. */
const rulesStay: Invariant = async ({ world, tenantId, people }) => {
  const rules = await world.rows<{ id: string; to: string | null }>(
    'select id, valid_to::text as "to" from billing.price_rules where tenant_id = $1',
    [tenantId],
  );
  const there = new Map(rules.map(({ id, to }) => [id, to]));
  return [...people.rules]
    .filter(([rule, { id }]) => !there.has(id) || there.get(id) !== rule.to)
    .map(([, { id }]) => `the price rule ${id} is not what a person was told`);
};

interface Line {
  of: string;
  key: string;
  amount: string;
  is_edited: boolean;
  corrects: string | null;
}

/** Lines that people have set stand as they set them, whatever a run has written since, and no others do. */
const editsStay = (lines: readonly Line[], { edits }: Meant): string[] =>
  lines.flatMap(({ of, key, amount, is_edited: isEdited }) => {
    const said = edits.get(`${of} ${key}`);
    const isAsSaid = said === undefined ? !isEdited : isEdited && said === BigInt(amount);
    return isAsSaid ? [] : [`${of} ${key} is ${amount}${isEdited ? ', edited' : ''}; people said ${said}`];
  });

/** What is left is told with its sum, nothing else is told so, and no line corrects it. */
const leftStays = async ({ world, tenantId }: Checked, lines: readonly Line[], { left }: Meant): Promise<string[]> => {
  const told = await world.rows<{ of: string; amount: string }>(
    `select customer_id || ' ' || to_char(period, 'YYYY-MM') as of, amount_minor::text as amount
     from billing.exceptions where tenant_id = $1 and code = 'invoice.left' and resolved_at is null`,
    [tenantId],
  );
  return [
    ...told
      .filter(({ of, amount }) => left.get(of) !== BigInt(amount))
      .map(({ of }) => `${of} is told, and not left so`),
    ...[...left.keys()].filter((of) => !told.some((one) => one.of === of)).map((of) => `${of} is left, and not told`),
    ...lines
      .filter(({ corrects }) => corrects !== null && left.has(corrects))
      .map(({ key }) => `${key} corrects what is left`),
  ];
};

const draftsStay: Invariant = async (checked) => {
  const { world, tenantId, people } = checked;
  const { meant, violations } = people.drafts;
  const lines = await world.rows<Line>(
    `select i.customer_id || ' ' || to_char(i.period_start, 'YYYY-MM') as of, l.source_key as key, l.amount_minor::text as amount,
       l.rated is not null or l.source_key like 'manual:%' as is_edited,
       i.customer_id || ' ' || to_char(l.corrects_period, 'YYYY-MM') as corrects
     from billing.invoice_lines l join billing.invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
     where l.tenant_id = $1`,
    [tenantId],
  );
  return [...violations.splice(0), ...editsStay(lines, meant), ...(await leftStays(checked, lines, meant))];
};

const acknowledgedStays: Invariant = async (checked) => [...(await rulesStay(checked)), ...(await draftsStay(checked))];

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
