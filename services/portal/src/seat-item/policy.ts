import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { Verdict } from '@legendops/kit/contract/verdict';

export const permissionTo = { read: 'link.read', confirm: 'link.write' } as const satisfies Record<string, Permission>;

/** Of every product alike. */
export const mayConfirm = (actor: Actor): Verdict => presentVerdict(refusedToRole(actor, permissionTo.confirm));
