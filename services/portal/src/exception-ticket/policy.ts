import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole, type Refusal } from '@legendops/kit/auth/policy';
import { allows, type Permission } from '@legendops/kit/contract/permissions';
import type { Verdict } from '@legendops/kit/contract/verdict';

export const permissionTo = {
  read: 'service-desk.read',
  link: 'service-desk.write',
} as const satisfies Record<string, Permission>;

/** An exception may speak of costs: who does not see the worklist sees none of it on a ticket. */
export const maySeeExceptions = ({ role }: Pick<Actor, 'role'>): boolean => allows(role, 'run.read');

export const refusesLinking = (actor: Actor): Refusal =>
  refusedToRole(actor, permissionTo.link) ?? refusedToRole(actor, 'run.read');

export const mayLink = (actor: Actor): Verdict => presentVerdict(refusesLinking(actor));
