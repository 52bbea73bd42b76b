import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { connectionColumns, type ConnectionRow } from '../connection/connection-row.ts';
import { exceptionColumns, isOpen, ofItsCustomer, type ExceptionRow } from '../exception/exception-row.ts';
import { hangingAfterMinutes } from '../invoice/invoice-work.ts';
import type { RunRow } from '../run/run-row.ts';
import { stoppedRuns } from '../run/stopped-runs.ts';

/** Invoices that are told together: those of one month, or those that hang. */
export interface GroupRow {
  period: string | null;
  currency: string;
  count: number;
  /** Decimal text: a sum of bigint has more digits than one. */
  total_minor: string;
  /** Of the one that there is. */
  customer_name: string | null;
}

export interface WaitingRow {
  id: string;
  status: 'draft' | 'failed' | 'in-doubt';
  customer_name: string;
  period_start: string;
  currency: string;
  total_minor: bigint;
  content_hash: string;
  /** Of a posting what QuickBooks, or we, said; of a draft who has approved it. */
  reason: string | null;
}

/** What a tenant's people may have to be told of, as it stands; and what they were told of and nobody has cleared. */
export interface Standing {
  connections: ConnectionRow[];
  teamsFailure: string | undefined;
  stoppedRuns: RunRow[];
  exceptions: ExceptionRow[];
  drafts: GroupRow[];
  waiting: WaitingRow[];
  hanging: GroupRow[];
  open: { id: string; cause_key: string; isTold: boolean }[];
}

const connections = sql<ConnectionRow>`
  select ${connectionColumns} from billing.connections where state <> 'connected' order by vendor`;

const teams = sql<{ failure: string }>`select failure from billing.teams_channels where failure is not null`;

const exceptions = sql<ExceptionRow>`
  select ${exceptionColumns} from billing.exceptions e ${ofItsCustomer} where ${isOpen}`;

const approvedOnce = sql`
  select from billing.invoice_approvals a
  where a.tenant_id = i.tenant_id and a.invoice_id = i.id and a.content_hash = i.content_hash`;

const isHeld = sql`
  exists (select from billing.invoice_decisions d where d.tenant_id = i.tenant_id and d.customer_id = i.customer_id
    and d.period_start = i.period_start and d.currency = i.currency and d.decision = 'held'
    and (d.held_until_at is null or d.held_until_at > now()))`;

const grouped = sql`i.currency, count(*)::integer as count, sum(i.total_minor)::text as total_minor,
  case when count(*) = 1 then min(i.customer_name) end as customer_name`;

// A run that is under way has not drafted all of its month: one that is not finished says nothing yet.
const drafts = sql<GroupRow>`
  select i.period_start as period, ${grouped} from billing.invoices i
  where i.status = 'draft' and not ${isHeld} and not exists (${approvedOnce}) and exists (
    select from billing.periods p
    where p.tenant_id = i.tenant_id and p.period = i.period_start and p.state in ('run', 'closed'))
  group by i.period_start, i.currency`;

const waiting = sql<WaitingRow>`
  select i.id, i.status, i.customer_name, i.period_start, i.currency, i.total_minor, i.content_hash,
    case when i.status = 'draft'
      then (select min(a.member_name) from billing.invoice_approvals a
        where a.tenant_id = i.tenant_id and a.invoice_id = i.id and a.content_hash = i.content_hash)
      else (select coalesce(p.detail, p.code) from billing.postings p
        where p.tenant_id = i.tenant_id and p.invoice_id = i.id order by p.generation desc limit 1) end as reason
  from billing.invoices i
  where i.status = 'failed'
    or i.status = 'in-doubt' and i.updated_at < now() - make_interval(mins => ${hangingAfterMinutes}::integer)
    or i.status = 'draft' and not ${isHeld} and exists (${approvedOnce})`;

const hanging = sql<GroupRow>`
  select null::date as period, ${grouped} from billing.invoices i
  where i.status = 'posting' and i.updated_at < now() - make_interval(mins => ${hangingAfterMinutes}::integer)
  group by i.currency`;

const open = sql<Standing['open'][number]>`
  select id, cause_key, told_at is not null as "isTold" from billing.notices where cleared_at is null`;

/** In one round trip. */
export const readStanding = async (database: TenantDatabase, scope: Scope): Promise<Standing> => {
  const rows = await database.readAll<
    [ConnectionRow, { failure: string }, RunRow, ExceptionRow, GroupRow, WaitingRow, GroupRow, Standing['open'][number]]
  >(scope, [connections, teams, stoppedRuns, exceptions, drafts, waiting, hanging, open]);
  return {
    connections: rows[0],
    teamsFailure: rows[1][0]?.failure,
    stoppedRuns: rows[2],
    exceptions: rows[3],
    drafts: rows[4],
    waiting: rows[5],
    hanging: rows[6],
    open: rows[7],
  };
};
