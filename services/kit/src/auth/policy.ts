import { allows, askAdministrator, type Permission, type Role } from '../contract/permissions.ts';
import type { Verdict } from '../contract/verdict.ts';
import type { ProblemCode } from '../errors/problem-codes.ts';
import { problem } from '../errors/problem.ts';

/**
 * Why an act may not be done; undefined where it may. A noun's policy.ts answers so, once for the service, which throws
 * it, and for the screen, which is sent it with the thing.
 */
export type Refusal = { code: ProblemCode; detail: string } | undefined;

export const refusedToRole = ({ role }: { role: Role }, permission: Permission): Refusal =>
  allows(role, permission) ? undefined : { code: 'permission.denied', detail: askAdministrator };

export const presentVerdict = (refusal: Refusal): Verdict => ({
  may: refusal === undefined,
  why: refusal?.detail ?? null,
});

export const requireAllowed = (refusal: Refusal): void => {
  if (refusal !== undefined) throw problem(refusal.code, { detail: refusal.detail });
};
