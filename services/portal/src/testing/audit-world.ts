import { randomUUID } from 'node:crypto';
import { asMember } from '@legendops/kit/audit/audit';
import type { AuditPayload } from '@legendops/kit/contract/audit-payload';
import type { FeedEvent } from '@legendops/kit/contract/feed';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { silentLog } from '@legendops/kit/testing/silent-log';
import { memberId } from '@legendops/kit/testing/test-api';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { appendEntries } from '../audit/append-entries.ts';
import { verifyTenants, type TenantVerification } from '../audit/verify-tenants.ts';
import type { AuditService } from '../contract.ts';

export const ada = asMember({ memberId, name: 'Ada', email: 'ada@northwind.example' });

/** An event of a feed, as a service wrote it. */
export const anEntry = (tenantId: string, more: Partial<AuditPayload> = {}): FeedEvent => ({
  cursor: '1.1',
  tenantId,
  entityId: randomUUID(),
  entityVersion: 1,
  payload: {
    happenedAt: '2026-01-31T12:00:00.120Z',
    act: 'invoice.approved',
    author: ada,
    subject: { type: 'invoice', id: '0190f000-0000-7000-8000-000000000001', name: 'Fabrikam, 2026-01' },
    changes: [{ field: 'status', before: 'draft', after: 'approved' }],
    requestId: 'r',
    traceId: null,
    ...more,
  },
});

export interface AuditWorld {
  database: TestDatabase;
  tenantId: string;
  other: string;
  /** Applies a page of a feed, in a transaction of its own. */
  bring(source: AuditService, events: readonly FeedEvent[]): Promise<void>;
  verify(): Promise<TenantVerification[]>;
  /** As somebody who can do everything, triggers too. */
  forge(text: string): Promise<void>;
  close(): Promise<void>;
}

export const auditWorld = async (): Promise<AuditWorld> => {
  const database = await testDatabase('portal_db');
  const { administrator } = database;
  const tenantId = await aTenant(administrator, { name: 'northwind' });
  const other = await aTenant(administrator, { name: 'tailspin' });
  const pool = database.pool('svc_portal');
  const platform = platformDatabase(pool);
  return {
    database,
    tenantId,
    other,
    bring: (source, events) =>
      platform.write('feed audit', (transaction) => appendEntries(source, silentLog)(transaction, events)),
    verify: () => verifyTenants({ platform, database: serviceDatabase(pool) }),
    forge: async (text) => {
      await administrator.query('set session_replication_role = replica');
      await administrator.query(text);
      await administrator.query('set session_replication_role = origin');
    },
    close: () => database.close(),
  };
};
