import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { z } from 'zod';
import type { Connections } from '../contract.ts';

export const permissionTo = {
  connect: 'connection.write',
  disconnect: 'connection.write',
} as const satisfies Record<string, Permission>;

/** Of every vendor alike: one that is not connected yet has no connection to ask about. */
export const connectionActs = (actor: Actor): z.infer<typeof Connections>['acts'] => ({
  connect: presentVerdict(refusedToRole(actor, permissionTo.connect)),
});
