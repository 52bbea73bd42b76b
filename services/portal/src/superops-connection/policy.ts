import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { Verdict } from '@legendops/kit/contract/verdict';

export const permissionTo = {
  read: 'connection.read',
  connect: 'connection.write',
  disconnect: 'connection.write',
} as const satisfies Record<string, Permission>;

export const mayConnect = (actor: Actor): Verdict => presentVerdict(refusedToRole(actor, permissionTo.connect));
