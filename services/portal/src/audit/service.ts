import type { Page } from '@legendops/kit/contract/page';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { listPage } from '@legendops/kit/http/list-page';
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
  page: (scope, { act, memberId, subjectType, subjectId, from, to, ...query }, timeZone) => {
    const filter = { act, memberId, subjectType, subjectId, from, to };
    return listPage(query, {
      list: ['audit-entries', ...Object.values(filter).map((value) => value ?? '')].join(':'),
      by: ['instant', 'id'],
      read: (place) => store.page(scope, { ...place, ...filter, timeZone }),
      keys: (row) => [row.happened_at, row.id],
      present,
    });
  },
});
