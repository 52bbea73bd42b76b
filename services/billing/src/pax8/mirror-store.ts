import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { SubscriptionMirror } from './mirror-values.ts';
import type { Company } from './objects.ts';
import { isPax8Id } from './pax8-id.ts';
import type { HeldRecord } from './readable.ts';

/** How many companies and how many subscriptions the mirror has now. */
export const mirrorSize = async (transaction: Transaction): Promise<{ companies: number; subscriptions: number }> => {
  return transaction.one(sql<{ companies: number; subscriptions: number }>`
    select (select count(*)::integer from billing.pax8_companies) as companies,
      (select count(*)::integer from billing.pax8_subscriptions where effective_to is null) as subscriptions`);
};

/** The ids of what is held; undefined where one has none that can be read. */
const heldIds = (held: readonly HeldRecord[]): string[] | undefined => {
  const ids = held.map(({ id }) => id);
  return ids.every(isPax8Id) ? ids : undefined;
};

/**
 * Makes the companies equal to a complete list. Rows that are right already are not written; one whose record is `held`
 * stays as it was, and where nobody can say which records those are nothing is taken for gone.
 */
export const replaceCompanies = async (
  transaction: Transaction,
  scope: Scope,
  { companies, held }: { companies: readonly Company[]; held: readonly HeldRecord[] },
): Promise<number> => {
  const changed = await transaction.change(sql`
    insert into billing.pax8_companies as c (tenant_id, id, name, status)
    select ${scope.tenantId}::uuid, r.id, r.name, r.status
    from jsonb_to_recordset(${jsonValue(companies)}::jsonb) r (id uuid, name text, status text)
    on conflict (tenant_id, id) do update set name = excluded.name, status = excluded.status, learned_at = now()
    where (c.name, c.status) is distinct from (excluded.name, excluded.status)`);
  const stay = heldIds(held);
  if (stay === undefined) return changed;
  const gone = await transaction.row(sql<{ count: number }>`
    select billing.remove_companies(${[...companies.map(({ id }) => id), ...stay]}::uuid[]) as count`);
  return changed + (gone?.count ?? 0);
};

const values = sql`company_id, product_id, product_name, quantity_e6, status, billing_term, start_date, end_date, price_e8,
  cost_e8, currency, commitment_id, commitment_term, commitment_end, commitment_decrease, commitment_cancellation,
  commitment_fee`;

const listed = (rows: string) => sql`
  jsonb_to_recordset(${rows}::jsonb) r (id uuid, company_id uuid, product_id uuid, product_name text, quantity_e6 bigint,
    status text, billing_term text, start_date date, end_date date, price_e8 bigint, cost_e8 bigint, currency text,
    commitment_id uuid, commitment_term text, commitment_end date, commitment_decrease boolean,
    commitment_cancellation boolean, commitment_fee boolean)`;

const isDifferent = sql`
  (s.company_id, s.product_id, s.product_name, s.quantity_e6, s.status, s.billing_term, s.start_date, s.end_date,
      s.price_e8, s.cost_e8, s.currency, s.commitment_id, s.commitment_term, s.commitment_end)
    is distinct from (r.company_id, r.product_id, r.product_name, r.quantity_e6, r.status, r.billing_term, r.start_date,
      r.end_date, r.price_e8, r.cost_e8, r.currency, r.commitment_id, r.commitment_term, r.commitment_end)`;

/**
 * Makes the open versions equal to a complete list. What differs holds from `today` on, the tenant's date, and what held
 * before stays for the days that it held; of several changes in a day the last one counts. The first version of a
 * subscription counts from its start, nothing else is known of the time before; one that is to start later is known from
 * today on, so that it can end or change before it starts. A cost or a commitment that was unknown is no change when it
 * comes: it is filled in.
 */
export const replaceSubscriptions = async (
  transaction: Transaction,
  scope: Scope,
  {
    subscriptions,
    held,
    today,
  }: { subscriptions: readonly SubscriptionMirror[]; held: readonly HeldRecord[]; today: string },
): Promise<number> => {
  const rows = jsonValue(subscriptions);
  const filledIn = await transaction.change(sql`
    update billing.pax8_subscriptions s set cost_e8 = r.cost_e8, learned_at = now() from ${listed(rows)}
    where s.id = r.id and s.effective_to is null and s.cost_e8 is null and r.cost_e8 is not null
      and (s.product_id, s.currency) = (r.product_id, r.currency)`);
  const committed = await transaction.change(sql`
    update billing.pax8_subscriptions s set commitment_id = r.commitment_id, commitment_term = r.commitment_term,
      commitment_end = r.commitment_end, commitment_decrease = coalesce(s.commitment_decrease, r.commitment_decrease),
      commitment_cancellation = coalesce(s.commitment_cancellation, r.commitment_cancellation),
      commitment_fee = coalesce(s.commitment_fee, r.commitment_fee), learned_at = now()
    from ${listed(rows)}
    where s.id = r.id and s.effective_to is null and r.commitment_id is not null
      and (s.commitment_id is null or (s.commitment_id, s.commitment_end) is not distinct from (r.commitment_id, r.commitment_end)
        and (s.commitment_decrease is null and r.commitment_decrease is not null
          or s.commitment_cancellation is null and r.commitment_cancellation is not null
          or s.commitment_fee is null and r.commitment_fee is not null))`);
  const overwritten = await transaction.change(sql`
    update billing.pax8_subscriptions s set (${values}) = (r.company_id, r.product_id, r.product_name, r.quantity_e6,
      r.status, r.billing_term, r.start_date, r.end_date, r.price_e8, r.cost_e8, r.currency, r.commitment_id,
      r.commitment_term, r.commitment_end, r.commitment_decrease, r.commitment_cancellation, r.commitment_fee),
      learned_at = now()
    from ${listed(rows)}
    where s.id = r.id and s.effective_to is null and s.effective_from >= ${today}::date and ${isDifferent}`);
  await transaction.change(sql`
    update billing.pax8_subscriptions s set effective_to = ${today}::date from ${listed(rows)}
    where s.id = r.id and s.effective_to is null and s.effective_from < ${today}::date and ${isDifferent}`);
  const begun = await transaction.change(sql`
    insert into billing.pax8_subscriptions as s (tenant_id, id, ${values}, effective_from, listed_on)
    select ${scope.tenantId}::uuid, r.*,
      case when k.known then ${today}::date else least(r.start_date, ${today}::date) end,
      case when k.known then k.listed_on else ${today}::date end
    from ${listed(rows)}
    cross join lateral (select count(*) > 0 as known, min(k.listed_on) as listed_on from billing.pax8_subscriptions k
      where k.id = r.id) k
    where not exists (select from billing.pax8_subscriptions k where k.id = r.id and k.effective_to is null)
    on conflict (tenant_id, id, effective_from) do update set (${values}) = (excluded.company_id, excluded.product_id,
      excluded.product_name, excluded.quantity_e6, excluded.status, excluded.billing_term, excluded.start_date,
      excluded.end_date, excluded.price_e8, excluded.cost_e8, excluded.currency, excluded.commitment_id,
      excluded.commitment_term, excluded.commitment_end, excluded.commitment_decrease, excluded.commitment_cancellation,
      excluded.commitment_fee), effective_to = null, learned_at = now()`);
  const stay = heldIds(held);
  if (stay === undefined) return filledIn + committed + overwritten + begun;
  const ended = await transaction.change(sql`
    update billing.pax8_subscriptions set effective_to = greatest(${today}::date, effective_from + 1)
    where effective_to is null and id <> all (${[...subscriptions.map(({ id }) => id), ...stay]}::uuid[])`);
  return filledIn + committed + overwritten + begun + ended;
};

/** Subscriptions that Pax8 no longer lists, gone on this day or later: what they used before may still come. */
export const goneSince = async (transaction: Transaction, day: string): Promise<string[]> =>
  (
    await transaction.rows(sql<{ id: string }>`
      select id from billing.pax8_subscriptions group by id
      having bool_and(effective_to is not null) and max(effective_to) >= ${day}::date`)
  ).map(({ id }) => id);
