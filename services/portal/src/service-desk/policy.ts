import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { Verdict } from '@legendops/kit/contract/verdict';

export const permissionTo = {
  read: 'service-desk.read',
  write: 'service-desk.write',
} as const satisfies Record<string, Permission>;

export const mayWrite = (actor: Actor): Verdict => presentVerdict(refusedToRole(actor, permissionTo.write));
