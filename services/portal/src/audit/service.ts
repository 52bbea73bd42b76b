import type { Page } from '@legendops/kit/contract/page';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { decodeCursor, toPage } from '@legendops/kit/http/keyset-cursor';
import type { AuditEntry, AuditQuery } from '../contract.ts';
import { entryOf, type EntryRow } from './entry-row.ts';
import type { AuditStore } from './store.ts';

export interface AuditTrail {
  /** Newest first; days are those of the time zone. */
  page(scope: Scope, query: AuditQuery, timeZone: string): Promise<Page<AuditEntry>>;
}

const present = (row: EntryRow): AuditEntry => ({
  ...entryOf(row),
  position: Number(row.position),
  service: row.source,
});

export const auditTrail = (store: AuditStore): AuditTrail => ({
  page: async (scope, { limit, cursor, act, memberId, subjectType, subjectId, from, to }, timeZone) => {
    const filter = { act, memberId, subjectType, subjectId, from, to };
    const list = ['audit-entries', ...Object.values(filter).map((value) => value ?? '')].join(':');
    const after = decodeCursor(list, cursor, ['instant', 'id']);
    return toPage({
      rows: await store.page(scope, { ...filter, after, limit, timeZone }),
      limit,
      list,
      keys: (row) => [row.happened_at, row.id],
      present,
    });
  },
});
