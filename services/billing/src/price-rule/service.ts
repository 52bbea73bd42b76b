import type { ActingScope } from '@legendops/kit/audit/audit';
import { created } from '@legendops/kit/audit/differences';
import type { Actor } from '@legendops/kit/auth/actor';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import type { NewPriceRule, PriceRule } from './contract.ts';
import { presentPriceRule } from './presenter.ts';
import { invalid, readRule } from './read-rule.ts';
import { ruleFields, ruleSubject } from './shown-rule.ts';
import { customerExists, insertPriceRule, sameRuleExists, type PriceRuleStore } from './store.ts';

export interface PriceRuleService {
  all(scope: Scope, actor: Actor): Promise<PriceRule[]>;
  create(
    transaction: Transaction,
    actor: Actor & ActingScope<'price-rule.created'>,
    wanted: NewPriceRule,
  ): Promise<PriceRule>;
  end(
    scope: ActingScope<'price-rule.ended'>,
    actor: Actor,
    rule: { id: string; version: number; validTo: string },
  ): Promise<PriceRule>;
  remove(scope: ActingScope<'price-rule.removed'>, id: string, version: number): Promise<void>;
}

export const priceRuleService = (store: PriceRuleStore): PriceRuleService => ({
  all: async (scope, actor) => (await store.all(scope)).map((row) => presentPriceRule(row, actor)),
  create: async (transaction, actor, wanted) => {
    const rule = readRule(wanted);
    if (rule.customer_id !== null && !(await customerExists(transaction, rule.customer_id)))
      throw invalid('/body/customerId', 'There is no such customer');
    if (await sameRuleExists(transaction, rule)) throw problem('price-rule.exists');
    const row = await insertPriceRule(transaction, actor, rule);
    const changes = created(ruleFields(row));
    await actor.audit(transaction, { act: 'price-rule.created', subject: ruleSubject(row), changes });
    return presentPriceRule(row, actor);
  },
  end: async (scope, actor, rule) => presentPriceRule(await store.end(scope, rule), actor),
  remove: (scope, id, version) => store.remove(scope, id, version),
});
