import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { PriceRule } from './contract.ts';

export const permissionTo = {
  create: 'price-rule.write',
  end: 'price-rule.write',
  remove: 'price-rule.write',
} as const satisfies Record<string, Permission>;

export const priceRuleActs = (actor: Actor): PriceRule['acts'] => ({
  end: presentVerdict(refusedToRole(actor, permissionTo.end)),
  remove: presentVerdict(refusedToRole(actor, permissionTo.remove)),
});
