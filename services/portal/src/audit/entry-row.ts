import type { AuditAuthor, AuditChange } from '@legendops/kit/contract/audit-payload';
import { sql } from '@legendops/kit/db/sql';
import type { AuditService } from '../contract.ts';

export interface EntryRow {
  id: string;
  position: bigint;
  source: AuditService;
  happened_at: string;
  act: string;
  author_kind: AuditAuthor['kind'];
  author_id: string | null;
  author_name: string;
  author_email: string | null;
  subject_type: string;
  subject_id: string;
  subject_name: string;
  changes: AuditChange[];
  request_id: string | null;
  trace_id: string | null;
}

export const entryColumns = sql`id, position, source, happened_at, act, author_kind, author_id, author_name, author_email,
  subject_type, subject_id, subject_name, changes, request_id, trace_id`;

/** A row as what was written down: the same for who reads it and for its hash. */
export const entryOf = (row: EntryRow) => ({
  id: row.id,
  happenedAt: row.happened_at,
  act: row.act,
  author: { kind: row.author_kind, id: row.author_id, name: row.author_name, email: row.author_email },
  subject: { type: row.subject_type, id: row.subject_id, name: row.subject_name },
  changes: row.changes,
  requestId: row.request_id,
  traceId: row.trace_id,
});
