import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { ProrationSetting } from './contract.ts';

export const permissionTo = { change: 'price-rule.write' } as const satisfies Record<string, Permission>;

export const prorationActs = (actor: Actor): ProrationSetting['acts'] => ({
  change: presentVerdict(refusedToRole(actor, permissionTo.change)),
});
