import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql, type Sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Contact, Order, Price, Snapshot } from '../pax8/evidence-objects.ts';
import { ruleColumns, type PriceRuleRow } from '../price-rule/rule-row.ts';
import type { Version } from './stretches.ts';

// What is kept was checked when it was read: a body has the form of its kind.

export interface ContactRow {
  id: string;
  body: Contact;
}

export interface OrderRow {
  id: string;
  body: Order;
  /** Of products that the customer has or had, by their ids. */
  names: Record<string, string>;
}

export interface VersionRow extends Version {
  customerId: string | null;
  customerName: string;
  productId: string;
  productName: string;
  quantityE6: bigint;
  priceE8: bigint;
  costE8: bigint | null;
  currency: string;
  hasCommitment: boolean;
  commitmentTerm: string | null;
  commitmentEnd: string | null;
}

export interface SnapshotRow {
  id: string;
  body: Snapshot;
}

export interface PriceRow {
  id: string;
  body: Price;
  from: string;
  to: string | null;
}

export interface EvidenceStore {
  /** False where there is no such customer, or it is somebody else's. */
  hasCustomer(scope: Scope, customerId: string): Promise<boolean>;
  contacts(scope: Scope, customerId: string): Promise<ContactRow[]>;
  /** The newest first. */
  orders(scope: Scope, query: Place & { customerId: string }): Promise<OrderRow[]>;
  history(
    scope: Scope,
    subscriptionId: string,
  ): Promise<{ versions: VersionRow[]; snapshots: SnapshotRow[]; orders: OrderRow[]; rules: PriceRuleRow[] }>;
  prices(
    scope: Scope,
    productId: string,
  ): Promise<{ prices: PriceRow[]; name: string | undefined; rules: PriceRuleRow[] }>;
}

const rules = sql<PriceRuleRow>`select ${ruleColumns} from billing.price_rules`;

// A company has some; a list that is longer has lost its purpose.
const mostContacts = sql`limit 500`;
const mostPrices = sql`limit 500`;

const ordersOf = sql`
  select e.id, e.body,
    (select coalesce(jsonb_object_agg(n.id, n.name), '{}') from (
      select s.product_id::text as id, max(s.product_name) as name from billing.pax8_subscriptions s
      where s.company_id = (e.body ->> 'companyId')::uuid group by s.product_id) n) as names
  from billing.pax8_evidence e where e.kind = 'order' and e.subject = '' and e.effective_to is null`;

const versionsOf = (id: string) => sql<VersionRow>`
  select s.effective_from as "effectiveFrom", s.effective_to as "effectiveTo", s.start_date as "startDate", s.end_date as "endDate",
    s.billing_term as "billingTerm", s.status, c.id as "customerId", coalesce(c.name, p.name, '') as "customerName",
    s.product_id as "productId", s.product_name as "productName", s.quantity_e6 as "quantityE6", s.price_e8 as "priceE8",
    s.cost_e8 as "costE8", s.currency, s.commitment_id is not null as "hasCommitment",
    s.commitment_term as "commitmentTerm", s.commitment_end as "commitmentEnd"
  from billing.pax8_subscriptions s
  left join billing.customers c on c.tenant_id = s.tenant_id and c.pax8_company_id = s.company_id
  left join billing.pax8_companies p on p.tenant_id = s.tenant_id and p.id = s.company_id
  where s.id = ${id} order by s.effective_from`;

/** Of one customer, the newest first: by an index of their own. */
export const ordersPage = ({ after, limit, customerId }: Place & { customerId: string }): Sql<OrderRow> => {
  const older = after ? sql` and (e.ordered_on, e.id collate "C") < (${after[0]}, ${after[1]})` : sql``;
  return sql<OrderRow>`
    ${ordersOf} and e.company_id = (select c.pax8_company_id::text from billing.customers c where c.id = ${customerId})
      ${older}
    order by e.ordered_on desc, e.id collate "C" desc ${pageRows(limit)}`;
};

export const evidenceStore = (database: TenantDatabase): EvidenceStore => ({
  hasCustomer: async (scope, customerId) =>
    (await database.read(scope, sql`select from billing.customers where id = ${customerId}`)).length > 0,
  contacts: (scope, customerId) =>
    database.read(
      scope,
      sql<ContactRow>`
        select e.id, e.body from billing.pax8_evidence e
        join billing.customers c on c.tenant_id = e.tenant_id and c.pax8_company_id::text = e.subject
        where e.kind = 'contact' and e.effective_to is null and c.id = ${customerId}
        order by e.body ->> 'lastName', e.body ->> 'firstName', e.id ${mostContacts}`,
    ),
  orders: (scope, query) => database.read(scope, ordersPage(query)),
  history: async (scope, id) => {
    const [versions, snapshots, orders, all] = await database.readAll<
      [VersionRow, SnapshotRow, OrderRow, PriceRuleRow]
    >(scope, [
      versionsOf(id),
      sql`
        select id, body from billing.pax8_evidence
        where kind = 'history' and subject = ${id} and effective_to is null order by id desc`,
      // Of its companies alone, which the index knows.
      sql`${ordersOf} and e.company_id in (select s.company_id::text from billing.pax8_subscriptions s where s.id = ${id})
          and e.body -> 'lineItems' @> jsonb_build_array(jsonb_build_object('subscriptionId', ${id}::text))
        order by e.ordered_on, e.id collate "C"`,
      rules,
    ]);
    return { versions, snapshots, orders, rules: all };
  },
  prices: async (scope, productId) => {
    const [prices, names, all] = await database.readAll<[PriceRow, { name: string }, PriceRuleRow]>(scope, [
      sql`
        select id, body, effective_from as "from", effective_to as "to" from billing.pax8_evidence
        where kind = 'price' and subject = ${productId}::text
        order by effective_to is not null, id, effective_from desc ${mostPrices}`,
      sql`
        select product_name as name from billing.pax8_subscriptions where product_id = ${productId}
        order by effective_from desc limit 1`,
      rules,
    ]);
    return { prices, name: names[0]?.name, rules: all };
  },
});
