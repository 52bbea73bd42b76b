import type { ActingScope } from '@legendops/kit/audit/audit';
import type { AuditSubject } from '@legendops/kit/contract/audit-payload';
import { revocationSeconds } from '@legendops/kit/contract/revocations';
import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase, Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import type { Chore } from '@legendops/kit/jobs/housekeeping';
import { belongs, lockTheMembers } from '../member/standing.ts';

export interface StoredSession {
  id: string;
  tenantId: string;
  memberId: string;
  lastSeenAt: Date;
  expiresAt: Date;
}

export interface SessionStore {
  /** Of a member who may sign in at this moment; throws permission.denied for anybody else. */
  insert(
    scope: ActingScope<'session.started'>,
    session: { member: AuditSubject; tokenHash: Uint8Array; expiresAt: Date },
  ): Promise<void>;
  /** A session that was not ended, whatever its age. */
  findOpen(tokenHash: Uint8Array): Promise<StoredSession | undefined>;
  touch(scope: Scope, id: string, seenAt: Date): Promise<void>;
  end(scope: ActingScope<'session.ended'>, session: { id: string; member: AuditSubject }): Promise<void>;
}

interface Row {
  id: string;
  tenant_id: string;
  member_id: string;
  last_seen_at: string;
  expires_at: string;
}

export const sessionStore = (database: TenantDatabase, platform: PlatformDatabase): SessionStore => ({
  insert: (scope, { member, tokenHash, expiresAt }) =>
    database.write(scope, async (transaction) => {
      await lockTheMembers(transaction, scope);
      const inserted = await transaction.change(sql`
        insert into auth.sessions (tenant_id, member_id, token_hash, expires_at)
        select tenant_id, id, ${tokenHash}, ${expiresAt} from auth.members
        where id = ${member.id} and state = 'active' and ${belongs}`);
      if (inserted !== 1) throw problem('permission.denied');
      await scope.audit(transaction, { act: 'session.started', subject: member });
    }),
  // The cookie is all there is: whose it is stands in the row.
  findOpen: async (tokenHash) => {
    const [row] = await platform.read(
      'session',
      sql<Row>`
        select id, tenant_id, member_id, last_seen_at, expires_at from auth.sessions
        where token_hash = ${tokenHash} and ended_at is null`,
    );
    return (
      row && {
        id: row.id,
        tenantId: row.tenant_id,
        memberId: row.member_id,
        lastSeenAt: new Date(row.last_seen_at),
        expiresAt: new Date(row.expires_at),
      }
    );
  },
  touch: (scope, id, seenAt) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`update auth.sessions set last_seen_at = ${seenAt} where id = ${id}`);
    }),
  end: (scope, { id, member }) =>
    database.write(scope, async (transaction) => {
      const ended = await transaction.change(
        sql`update auth.sessions set ended_at = now() where id = ${id} and ended_at is null`,
      );
      if (ended > 0) await scope.audit(transaction, { act: 'session.ended', subject: member });
    }),
});

/** Sessions past their absolute limit: no cookie opens them any more, and no token speaks of them. */
export const sessionChore: Chore = {
  name: 'sessions',
  remove: (limit) => sql`
    delete from auth.sessions where (tenant_id, id) in (
      select tenant_id, id from auth.sessions
      where expires_at < now() - ${revocationSeconds}::integer * interval '1 second' order by expires_at limit ${limit})`,
};
