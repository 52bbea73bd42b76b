import { pageRows } from '@legendops/kit/db/page-rows';
import { sql, type Sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { entryColumns, type EntryRow } from './entry-row.ts';

export interface EntryPageQuery {
  after: readonly string[] | undefined;
  limit: number;
  act: string | undefined;
  memberId: string | undefined;
  subjectType: string | undefined;
  subjectId: string | undefined;
  /** Days of the tenant, both included. */
  from: string | undefined;
  to: string | undefined;
  timeZone: string;
}

export interface AuditStore {
  page(scope: Scope, query: EntryPageQuery): Promise<EntryRow[]>;
}

const only = <Value>(value: Value | undefined, condition: (value: Value) => Sql): Sql =>
  value === undefined ? sql`` : condition(value);

export const auditStore = (database: TenantDatabase): AuditStore => ({
  page: (scope, { after, limit, act, memberId, subjectType, subjectId, from, to, timeZone }) =>
    database.read(
      scope,
      sql<EntryRow>`
        select ${entryColumns} from portal.audit_entries where true
          ${only(act, (value) => sql` and act = ${value}`)}
          ${only(memberId, (value) => sql` and author_id = ${value}`)}
          ${only(subjectType, (value) => sql` and subject_type = ${value}`)}
          ${only(subjectId, (value) => sql` and subject_id = ${value}`)}
          ${only(from, (day) => sql` and happened_at >= ${day}::date::timestamp at time zone ${timeZone}`)}
          ${only(to, (day) => sql` and happened_at < (${day}::date + 1)::timestamp at time zone ${timeZone}`)}
          ${only(after, ([at, id]) => sql` and (happened_at, id) < (${at}, ${id}::uuid)`)}
        order by happened_at desc, id desc ${pageRows(limit)}`,
    ),
});
