import { constraintOf } from '@legendops/kit/db/database-error';
import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import type { SuperOpsAccount } from '../superops/superops-transport.ts';
import type { GivenContract, PlannedLine } from './comparison.ts';
import type { SeatPushLineState, SeatPushState } from './contract.ts';
import type { LineReason } from './line-reasons.ts';

export interface PushRow {
  id: string;
  region: SuperOpsAccount['region'];
  subdomain: string;
  period: string;
  state: SeatPushState;
  content_hash: string;
  prepared_at: string;
  prepared_by: string;
  seats_read_at: string;
  unreadable_seats: number;
  unreadable_contracts: number;
  matching: number;
  not_clients: number;
  decided_at: string | null;
  decided_by: string | null;
  reason: string | null;
  waiting: number;
  sent: number;
  there: number;
  refused: number;
  held: number;
  /** A month of which something was sent that this comparison does not know. */
  sent_since: string | null;
}

export interface LineRow {
  id: string;
  push_id: string;
  customer_id: string;
  customer_name: string;
  products: string;
  client_id: string | null;
  contract_id: string | null;
  contract_name: string | null;
  item_id: string | null;
  item_name: string | null;
  effective_on: string;
  before_e6: bigint | null;
  quantity_e6: bigint;
  state: SeatPushLineState;
  reason: string | null;
}

/** What a comparison found. */
export interface NewPush extends Pick<
  PushRow,
  | 'period'
  | 'content_hash'
  | 'prepared_at'
  | 'prepared_by'
  | 'seats_read_at'
  | 'unreadable_seats'
  | 'unreadable_contracts'
  | 'matching'
  | 'not_clients'
> {
  account: SuperOpsAccount;
  lines: readonly PlannedLine[];
}

export interface SeatPushStore {
  newest(scope: Scope): Promise<PushRow[]>;
  find(scope: Scope, id: string): Promise<{ push: PushRow; lines: LineRow[] } | undefined>;
  /** Each contract of an account into which seats were brought, as it was brought there last. */
  given(scope: Scope, account: SuperOpsAccount): Promise<GivenContract[]>;
  /** In the place of the month's draft, where it has one. Throws what `mayReplace` throws of one that is open. */
  prepare(
    scope: Scope,
    push: NewPush,
    mayReplace: (open: PushRow) => void,
    also: (transaction: Transaction, id: string) => Promise<void>,
  ): Promise<string>;
  /** Locked until the transaction ends. Throws seat-push.not-found. */
  locked(transaction: Transaction, id: string): Promise<PushRow>;
  linesOf(transaction: Transaction, pushId: string): Promise<LineRow[]>;
  decide(
    transaction: Transaction,
    id: string,
    decision: { state: 'approved' | 'rejected'; at: Date; by: string; reason: string | null },
  ): Promise<void>;
  /** Of one that waits, or of which nobody knew when it was rejected: what it has become stays. */
  settle(
    transaction: Transaction,
    lineId: string,
    outcome: { state: 'sent' | 'there' | 'refused'; reason: LineReason | null; at: Date },
  ): Promise<void>;
  /**
   * Of one that is rejected: what may have arrived, and what would have ended the change of a contract that was sent, or may have
   * been, is not left without a word.
   */
  refuseRest(transaction: Transaction, id: string, at: Date): Promise<void>;
  /** Nothing of it waits any more. */
  finish(scope: Scope, id: string): Promise<void>;
}

const most = 100;

// A comparison knows what was in contracts when it was begun. A draft is out of date by whatever was sent since then; one that is
// decided by what an older comparison has brought into its month, until its month is compared again.
const pushes = sql<PushRow>`
  with sent as (
    select tenant_id, push_id, max(settled_at) as at, min(effective_on) as first_on
    from portal.seat_push_lines where state = 'sent' or reason = 'in-doubt' group by tenant_id, push_id)
  select p.id, p.region, p.subdomain, p.period, p.state, p.content_hash, p.prepared_at, p.prepared_by, p.seats_read_at,
    p.unreadable_seats, p.unreadable_contracts, p.matching, p.not_clients, p.decided_at, p.decided_by, p.reason, n.*, s.*
  from portal.seat_pushes p
  cross join lateral (
    select count(*) filter (where l.state = 'waiting')::integer as waiting,
      count(*) filter (where l.state = 'sent')::integer as sent, count(*) filter (where l.state = 'there')::integer as there,
      count(*) filter (where l.state = 'refused')::integer as refused,
      count(*) filter (where l.state = 'held')::integer as held
    from portal.seat_push_lines l where l.push_id = p.id) n
  cross join lateral (
    select max(o.period) as sent_since from portal.seat_pushes o
    join sent on sent.tenant_id = o.tenant_id and sent.push_id = o.id
    where o.id <> p.id and o.region = p.region and o.subdomain = p.subdomain and sent.at > p.prepared_at
      and (p.state = 'draft' or (p.state in ('approved', 'done')
        and o.prepared_at <= p.prepared_at and sent.first_on < p.period + interval '1 month'))
      and not exists (
        select from portal.seat_pushes a where a.region = p.region and a.subdomain = p.subdomain and a.period = p.period
          and a.id <> p.id and a.prepared_at >= sent.at)) s`;

// Of one contract by their days: the second is seen to be right once the first is there.
const linesOfPush = (pushId: string) => sql<LineRow>`
  select id, push_id, customer_id, customer_name, products, client_id, contract_id, contract_name, item_id, item_name,
    effective_on, before_e6, quantity_e6, state, reason
  from portal.seat_push_lines where push_id = ${pushId}
  order by customer_name, customer_id, products, contract_id, effective_on, id`;

const asRow = ({ contract, item, ...line }: PlannedLine) => ({
  customer_id: line.customerId,
  customer_name: line.customerName,
  products: line.products,
  client_id: line.clientId,
  contract_id: contract?.contractId ?? null,
  contract_name: contract?.name ?? null,
  item_id: item?.itemId ?? null,
  item_name: item?.name ?? null,
  effective_on: line.effectiveOn,
  before_e6: line.beforeE6?.toString() ?? null,
  quantity_e6: line.quantityE6.toString(),
  state: line.reason === null ? 'waiting' : 'held',
  reason: line.reason,
});

const orOpen = (error: unknown): never => {
  if (constraintOf(error) === 'seat_pushes_open')
    throw problem('seat-push.wrong-state', { detail: 'Somebody compares this month, too: open what they have made' });
  throw error;
};

export const seatPushStore = (database: TenantDatabase): SeatPushStore => ({
  newest: (scope) => database.read(scope, sql<PushRow>`${pushes} order by p.prepared_at desc, p.id desc limit ${most}`),
  find: async (scope, id) => {
    const [[push], lines] = await database.readAll<[PushRow, LineRow]>(scope, [
      sql`${pushes} where p.id = ${id}`,
      linesOfPush(id),
    ]);
    return push && { push, lines };
  },
  given: (scope, { region, subdomain }) =>
    database.read(
      scope,
      sql<GivenContract>`
        select distinct on (l.contract_id) l.contract_id as "contractId", l.item_id as "itemId", l.item_name as "itemName",
          l.customer_id as "customerId", l.customer_name as "customerName", l.products
        from portal.seat_push_lines l
        join portal.seat_pushes p on p.tenant_id = l.tenant_id and p.id = l.push_id
        where p.region = ${region} and p.subdomain = ${subdomain} and (l.state in ('sent', 'there') or l.reason = 'in-doubt')
        order by l.contract_id, l.settled_at desc, l.id desc`,
    ),
  prepare: (scope, { account, lines, ...push }, mayReplace, also) =>
    database
      .write(scope, async (transaction) => {
        const open = await transaction.row(sql<PushRow>`
          ${pushes} where p.region = ${account.region} and p.subdomain = ${account.subdomain} and p.period = ${push.period}
            and p.state in ('draft', 'approved') for update of p`);
        if (open) mayReplace(open);
        if (open) await transaction.change(sql`delete from portal.seat_push_lines where push_id = ${open.id}`);
        const { id } = open
          ? await transaction.one(sql<{ id: string }>`
              update portal.seat_pushes set content_hash = ${push.content_hash}, prepared_at = ${push.prepared_at},
                prepared_by = ${push.prepared_by}, seats_read_at = ${push.seats_read_at},
                unreadable_seats = ${push.unreadable_seats}, unreadable_contracts = ${push.unreadable_contracts},
                matching = ${push.matching}, not_clients = ${push.not_clients}
              where id = ${open.id} returning id`)
          : await transaction.one(sql<{ id: string }>`
              insert into portal.seat_pushes (tenant_id, region, subdomain, period, content_hash, prepared_at, prepared_by,
                seats_read_at, unreadable_seats, unreadable_contracts, matching, not_clients)
              values (${scope.tenantId}, ${account.region}, ${account.subdomain}, ${push.period}, ${push.content_hash},
                ${push.prepared_at}, ${push.prepared_by}, ${push.seats_read_at}, ${push.unreadable_seats},
                ${push.unreadable_contracts}, ${push.matching}, ${push.not_clients}) returning id`);
        await transaction.change(sql`
          insert into portal.seat_push_lines (tenant_id, push_id, customer_id, customer_name, products, client_id, contract_id,
            contract_name, item_id, item_name, effective_on, before_e6, quantity_e6, state, reason)
          select ${scope.tenantId}::uuid, ${id}::uuid, r.*
          from jsonb_to_recordset(${jsonValue(lines.map(asRow))}::jsonb) r (customer_id uuid, customer_name text,
            products text, client_id text, contract_id text, contract_name text, item_id text, item_name text,
            effective_on date, before_e6 bigint, quantity_e6 bigint, state text, reason text)`);
        await also(transaction, id);
        return id;
      })
      .catch(orOpen),
  locked: async (transaction, id) => {
    const row = await transaction.row(sql<PushRow>`${pushes} where p.id = ${id} for update of p`);
    if (!row) throw problem('seat-push.not-found');
    return row;
  },
  linesOf: (transaction, pushId) => transaction.rows(linesOfPush(pushId)),
  decide: async (transaction, id, { state, at, by, reason }) => {
    await transaction.change(sql`
      update portal.seat_pushes set state = ${state}, decided_at = ${at}, decided_by = ${by}, reason = ${reason} where id = ${id}`);
  },
  settle: async (transaction, lineId, { state, reason, at }) => {
    await transaction.change(sql`
      update portal.seat_push_lines set state = ${state}, reason = ${reason}, settled_at = ${at}
      where id = ${lineId} and (state = 'waiting' or reason = 'in-doubt')`);
  },
  refuseRest: async (transaction, id, at) => {
    const [rest, doubt] = ['rest-rejected', 'in-doubt'] satisfies LineReason[];
    await transaction.change(sql`
      with known as (
        select l.id, l.contract_id, l.state, l.state = 'waiting' and exists (
          select from portal.superops_writes w where w.key = 'seat-push:' || l.id and w.remote_id is null) as is_in_doubt
        from portal.seat_push_lines l where l.push_id = ${id})
      update portal.seat_push_lines l set state = 'refused', settled_at = ${at},
        reason = case when k.is_in_doubt then ${doubt} else ${rest} end
      from known k
      where l.id = k.id and k.state = 'waiting' and exists (
        select from known s where s.contract_id = k.contract_id and (s.state = 'sent' or s.is_in_doubt))`);
  },
  finish: (scope, id) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`
        update portal.seat_pushes p set state = 'done' where p.id = ${id} and p.state = 'approved'
          and not exists (select from portal.seat_push_lines l where l.push_id = p.id and l.state = 'waiting')`);
    }),
});
