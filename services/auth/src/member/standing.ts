import type { Actor } from '@legendops/kit/auth/actor';
import { allows, type Permission, type Role } from '@legendops/kit/contract/permissions';
import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';

// Staff belong to an organisation by its directory: while that is not registered they are nobody here. A guest's
// directory is another company's; their membership stands by itself.
export const belongs = sql`(role = 'guest' or directory_id in (select d.directory_id from auth.directories d))`;

/**
 * Until the transaction ends nobody else changes a member, joins or signs in: two administrators could else take each other
 * away, and a session could begin with rights that are being taken.
 */
export const lockTheMembers = async (transaction: Transaction, { tenantId }: Scope): Promise<void> => {
  await transaction.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`legendops:members:${tenantId}`}, 0))`);
};

/**
 * First in the transaction of every act on people: whoever acts is read anew, behind the lock under which people are changed.
 * A token is some minutes old and a request may have waited; somebody who was put out meanwhile must not undo it.
 */
export const requireStanding = async (
  transaction: Transaction,
  { tenantId, memberId, sessionId }: Actor,
  permission: Permission,
): Promise<void> => {
  await lockTheMembers(transaction, { tenantId });
  const actor = await transaction.row(sql<{ role: Role }>`
    select role from auth.members where id = ${memberId} and state = 'active' and ${belongs} and exists (
      select from auth.sessions s where s.id = ${sessionId} and s.member_id = ${memberId} and s.ended_at is null)`);
  if (!actor) throw problem('token.invalid');
  if (!allows(actor.role, permission))
    throw problem('permission.denied', { detail: `It needs the permission ${permission}` });
};
