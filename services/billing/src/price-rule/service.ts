import type { ActingScope } from '@legendops/kit/audit/audit';
import { created } from '@legendops/kit/audit/differences';
import type { Actor } from '@legendops/kit/auth/actor';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import type { NewPriceRule, PriceRule } from '../contract.ts';
import { priceFromText } from '../rating/currency.ts';
import { parseScaled } from '../rating/decimal.ts';
import { markupPercent, percentDigits, ruleFields, ruleSubject, unitPrice } from './audited-rule.ts';
import { priceRuleActs } from './policy.ts';
import {
  customerExists,
  insertPriceRule,
  sameRuleExists,
  type NewPriceRuleRow,
  type PriceRuleRow,
  type PriceRuleStore,
} from './store.ts';

export interface PriceRuleService {
  all(scope: Scope, actor: Actor): Promise<PriceRule[]>;
  create(
    transaction: Transaction,
    actor: Actor & ActingScope<'price-rule.created'>,
    wanted: NewPriceRule,
  ): Promise<PriceRule>;
  remove(scope: ActingScope<'price-rule.removed'>, id: string, version: number): Promise<void>;
}

/** Valid since ever, unless a person says from when. */
const always = '2000-01-01';

const present = (row: PriceRuleRow, actor: Actor): PriceRule => ({
  id: row.id,
  customerId: row.customer_id,
  productId: row.product_id,
  kind: row.kind,
  markupPercent: markupPercent(row),
  unitPrice: unitPrice(row),
  currency: row.currency,
  validFrom: row.valid_from,
  version: row.version,
  acts: priceRuleActs(actor),
});

const knownCurrencies = new Set(Intl.supportedValuesOf('currency'));

const rowOf = (wanted: NewPriceRule): NewPriceRuleRow => {
  const common = {
    customer_id: wanted.customerId ?? null,
    product_id: wanted.productId ?? null,
    valid_from: wanted.validFrom ?? always,
    kind: wanted.kind,
  };
  if (wanted.kind === 'markup') {
    const ppm = Number(parseScaled(wanted.markupPercent, percentDigits));
    if (ppm < -1_000_000) throw invalid('/body/markupPercent', 'A markup below -100 % would pay the customer');
    return { ...common, markup_ppm: ppm, unit_price_e8: null, currency: null };
  }
  if (!knownCurrencies.has(wanted.currency)) throw invalid('/body/currency', 'Not a currency of ISO 4217');
  return {
    ...common,
    markup_ppm: null,
    unit_price_e8: priceFromText(wanted.unitPrice, wanted.currency),
    currency: wanted.currency,
  };
};

const invalid = (pointer: string, detail: string) =>
  problem('request.invalid', { places: [{ pointer, code: 'invalid', detail }] });

export const priceRuleService = (store: PriceRuleStore): PriceRuleService => ({
  all: async (scope, actor) => (await store.all(scope)).map((row) => present(row, actor)),
  create: async (transaction, actor, wanted) => {
    const rule = rowOf(wanted);
    if (rule.customer_id !== null && !(await customerExists(transaction, rule.customer_id)))
      throw invalid('/body/customerId', 'There is no such customer');
    if (await sameRuleExists(transaction, rule)) throw problem('price-rule.exists');
    const row = await insertPriceRule(transaction, actor, rule);
    const changes = created(ruleFields(row));
    await actor.audit(transaction, { act: 'price-rule.created', subject: ruleSubject(row), changes });
    return present(row, actor);
  },
  remove: (scope, id, version) => store.remove(scope, id, version),
});
