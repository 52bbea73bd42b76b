import type { ActingScope } from '@legendops/kit/audit/audit';
import { differences, removed } from '@legendops/kit/audit/differences';
import { jsonValue, sql } from '@legendops/kit/db/sql';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { NewPriceRuleRow } from './read-rule.ts';
import { ruleColumns, type PriceRuleRow } from './rule-row.ts';
import { ruleFields, ruleSubject } from './shown-rule.ts';

export interface PriceRuleStore {
  all(scope: Scope): Promise<PriceRuleRow[]>;
  /** Ends the rule that was seen; throws price-rule.not-found, version.stale and price-rule.ends-before-it-begins. */
  end(
    scope: ActingScope<'price-rule.ended'>,
    rule: { id: string; version: number; validTo: string },
  ): Promise<PriceRuleRow>;
  /** Removes the rule that was seen; throws price-rule.not-found, version.stale and price-rule.used. */
  remove(scope: ActingScope<'price-rule.removed'>, id: string, version: number): Promise<void>;
}

const locked = async (transaction: Transaction, id: string, version: number): Promise<PriceRuleRow> =>
  asSeen(
    await transaction.row(
      sql<PriceRuleRow>`select ${ruleColumns} from billing.price_rules where id = ${id} for update`,
    ),
    version,
    'price-rule.not-found',
  );

/** What was approved by a price stays explained by it, and is rated again by it when a vendor corrects the month. */
const isUsed = async (transaction: Transaction, id: string): Promise<boolean> =>
  (await transaction.row(sql`
    select from billing.invoice_lines l join billing.invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
    where l.explanation ->> 'ruleId' = ${id} and i.status <> 'draft' limit 1`)) !== undefined;

export const priceRuleStore = (database: TenantDatabase): PriceRuleStore => ({
  all: (scope) =>
    database.read(
      scope,
      sql<PriceRuleRow>`select ${ruleColumns} from billing.price_rules order by customer_id nulls first, product_id nulls first,
        billing_term nulls first, valid_from, id limit 1000`,
    ),
  end: (scope, { id, version, validTo }) =>
    database.write(scope, async (transaction) => {
      const before = await locked(transaction, id, version);
      if (validTo <= before.valid_from) throw problem('price-rule.ends-before-it-begins');
      const after = await transaction.one(
        sql<PriceRuleRow>`update billing.price_rules set valid_to = ${validTo}::date where id = ${id} returning ${ruleColumns}`,
      );
      const changes = differences(ruleFields(before), ruleFields(after), ['validTo']);
      await scope.audit(transaction, { act: 'price-rule.ended', subject: ruleSubject(after), changes });
      return after;
    }),
  remove: (scope, id, version) =>
    database.write(scope, async (transaction) => {
      const row = await locked(transaction, id, version);
      if (await isUsed(transaction, id)) throw problem('price-rule.used');
      await transaction.change(sql`delete from billing.price_rules where id = ${id}`);
      const changes = removed(ruleFields(row));
      await scope.audit(transaction, { act: 'price-rule.removed', subject: ruleSubject(row), changes });
    }),
});

export const customerExists = async (transaction: Transaction, id: string): Promise<boolean> =>
  (await transaction.row(sql`select id from billing.customers where id = ${id}`)) !== undefined;

export const sameRuleExists = async (transaction: Transaction, rule: NewPriceRuleRow): Promise<boolean> =>
  (await transaction.row(sql`
    select id from billing.price_rules
    where customer_id is not distinct from ${rule.customer_id}::uuid
      and product_id is not distinct from ${rule.product_id}::uuid
      and billing_term is not distinct from ${rule.billing_term}::text
      and currency is not distinct from ${rule.currency}::text and valid_from = ${rule.valid_from}::date limit 1`)) !==
  undefined;

export const insertPriceRule = (transaction: Transaction, scope: Scope, rule: NewPriceRuleRow): Promise<PriceRuleRow> =>
  transaction.one(sql<PriceRuleRow>`
    insert into billing.price_rules (tenant_id, customer_id, product_id, billing_term, kind, markup_ppm, margin_ppm,
      unit_price_e8, tiers, discount_ppm, floor_price_e8, floor_margin_e8, rounding, minimum_minor, setup_minor, currency,
      valid_from)
    values (${scope.tenantId}, ${rule.customer_id}, ${rule.product_id}, ${rule.billing_term}, ${rule.kind}, ${rule.markup_ppm},
      ${rule.margin_ppm}, ${rule.unit_price_e8}, ${rule.tiers === null ? null : jsonValue(rule.tiers)}::jsonb,
      ${rule.discount_ppm}, ${rule.floor_price_e8}, ${rule.floor_margin_e8}, ${rule.rounding}, ${rule.minimum_minor},
      ${rule.setup_minor}, ${rule.currency}, ${rule.valid_from}) returning ${ruleColumns}`);
