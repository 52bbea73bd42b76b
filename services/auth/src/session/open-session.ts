import type { Sessions } from '@legendops/kit/auth/session-check';
import { sql } from '@legendops/kit/db/sql';
import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';

/** The check of the service that holds the sessions itself: it looks at each request, and has nothing to follow. */
export const openSessions = (database: TenantDatabase): Sessions => ({
  check: async ({ tenantId, sessionId, memberId }) => {
    const found = await database.read(
      { tenantId },
      sql`select from auth.sessions where id = ${sessionId} and member_id = ${memberId} and ended_at is null`,
    );
    if (found.length === 0) throw problem('token.invalid');
  },
  ready: async () => undefined,
  stop: async () => undefined,
});
