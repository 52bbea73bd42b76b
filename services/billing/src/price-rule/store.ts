import type { ActingScope } from '@legendops/kit/audit/audit';
import { removed } from '@legendops/kit/audit/differences';
import { sql } from '@legendops/kit/db/sql';
import { asSeen } from '@legendops/kit/errors/as-seen';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { ruleFields, ruleSubject } from './audited-rule.ts';

export interface PriceRuleRow {
  id: string;
  customer_id: string | null;
  product_id: string | null;
  kind: 'markup' | 'fixed';
  markup_ppm: number | null;
  unit_price_e8: bigint | null;
  currency: string | null;
  valid_from: string;
  version: number;
}

export type NewPriceRuleRow = Omit<PriceRuleRow, 'id' | 'version'>;

export interface PriceRuleStore {
  all(scope: Scope): Promise<PriceRuleRow[]>;
  /** Removes the rule that was seen; throws price-rule.not-found and version.stale. */
  remove(scope: ActingScope<'price-rule.removed'>, id: string, version: number): Promise<void>;
}

const columns = sql`id, customer_id, product_id, kind, markup_ppm, unit_price_e8, currency, valid_from, version`;

export const priceRuleStore = (database: TenantDatabase): PriceRuleStore => ({
  all: (scope) =>
    database.read(
      scope,
      sql<PriceRuleRow>`select ${columns} from billing.price_rules order by customer_id nulls first, product_id nulls first, valid_from, id limit 1000`,
    ),
  remove: (scope, id, version) =>
    database.write(scope, async (transaction) => {
      const found = await transaction.row(
        sql<PriceRuleRow>`select ${columns} from billing.price_rules where id = ${id} for update`,
      );
      const row = asSeen(found, version, 'price-rule.not-found');
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
      and product_id is not distinct from ${rule.product_id}::uuid and valid_from = ${rule.valid_from}::date limit 1`)) !==
  undefined;

export const insertPriceRule = (transaction: Transaction, scope: Scope, rule: NewPriceRuleRow): Promise<PriceRuleRow> =>
  transaction.one(sql<PriceRuleRow>`
    insert into billing.price_rules (tenant_id, customer_id, product_id, kind, markup_ppm, unit_price_e8, currency, valid_from)
    values (${scope.tenantId}, ${rule.customer_id}, ${rule.product_id}, ${rule.kind}, ${rule.markup_ppm}, ${rule.unit_price_e8},
      ${rule.currency}, ${rule.valid_from}) returning ${columns}`);
