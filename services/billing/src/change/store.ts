import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Topic } from '../contract.ts';

/** How far somebody has seen: what was committed then, and how many rows of each topic there were. */
export interface Seen {
  snapshot: string;
  counts: Readonly<Partial<Record<Topic, number>>>;
}

/** A row that was written since; `version` is null for what has none of its own. */
export interface ChangedRow {
  id: string;
  version: number | null;
}

export interface TopicRow {
  /** Empty where there are no rows at all. */
  topic: Topic | '';
  count: number;
  /** At most one more than `mostRows`. */
  changed: ChangedRow[];
  snapshot: string;
}

export interface ChangeStore {
  /** Every topic as it is now, with the rows that were not to be seen at the given snapshot. */
  since(scope: Scope, snapshot: string | null): Promise<TopicRow[]>;
}

export const mostRows = 20;

// A snapshot lists what was under way. Where that is a lot, the short form takes all since the first of it for unseen.
const longestSnapshot = 1_000;

/**
 * Compares with a snapshot and not with a time: a job's transaction that began before the last look and ends after it
 * would be skipped by its times. A row knows the lower 32 bits of the transaction that wrote it; the upper ones are those
 * of now, or one less. No statement of ours uses savepoints, whose transactions a snapshot does not list.
 */
export const changeStore = (database: TenantDatabase): ChangeStore => ({
  since: (scope, snapshot) =>
    database.read(
      scope,
      sql<TopicRow>`
        with rows (topic, id, version, written, is_own) as (
            select 'invoices', id, version, xmin, true from billing.invoices
          union all select 'invoices', invoice_id, null, xmin, false from billing.postings
          union all select 'invoices', invoice_id, null, xmin, false from billing.book_entries
          union all select 'invoices', invoice_id, null, xmin, false from billing.voidings
          union all select 'runs', id, null, xmin, true from billing.runs
          union all select 'runs', coalesce(run_id, tenant_id), null, xmin, false from billing.periods
          union all select 'usage', id, null, xmin, true from billing.runs where job = 'usage-sync' and state <> 'running'
          union all select 'exceptions', id, null, xmin, true from billing.exceptions where resolved_at is null
          union all select 'connections', id, version, xmin, true from billing.connections
          union all select 'price-rules', id, version, xmin, true from billing.price_rules
          union all select 'links', id, version, xmin, true from billing.links
          union all select 'customers', id, entity_version, xmin, true from billing.customers
        ), now as (
          select pg_snapshot_xmax(s)::text::bigint as top,
            case when length(s::text) <= ${longestSnapshot}::integer then s::text
              else pg_snapshot_xmin(s) || ':' || pg_snapshot_xmin(s) || ':' end as snapshot
          from pg_current_snapshot() s
        ), seen as (
          select rows.*, now.snapshot,
            ${snapshot}::text is not null and not pg_visible_in_snapshot(
              (now.top - ((now.top - rows.written::text::bigint) & 4294967295))::text::xid8, ${snapshot}::pg_snapshot
            ) as is_new
          from rows, now
        )
        select topic, (count(*) filter (where is_own))::integer as count,
          snapshot,
          to_jsonb(coalesce((array_agg(jsonb_build_object('id', id, 'version', version)) filter (where is_new))
            [:${mostRows + 1}::integer], '{}')) as changed
        from seen group by topic, snapshot
        union all select '', 0, snapshot, '[]' from now where not exists (select from rows)`,
    ),
});
