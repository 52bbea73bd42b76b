import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { MailChoices, MailDelivery, MessageState, NoticeKind } from './contract.ts';
import { noticeColumns, type NoticeRow } from './notice-row.ts';

export interface ShownNoticeRow extends NoticeRow {
  mails_waiting: number;
  mails_sent: number;
  mails_dead: number;
  own_mail: MessageState | null;
  teams: MessageState | null;
  failure: string | null;
}

export interface TeamsRow {
  host: string;
  kinds: NoticeKind[];
  failure: string | null;
  connected_at: string;
}

export interface NoticeStore {
  /** The newest first, with how they stand; `memberId` is whose own mail is told of. */
  page(scope: Scope, memberId: string, place: Place): Promise<ShownNoticeRow[]>;
  settings(
    scope: Scope,
    memberId: string,
  ): Promise<{ teams: TeamsRow | undefined; choices: { kind: NoticeKind; delivery: MailDelivery }[] }>;
}

const teamsChannel = sql<TeamsRow>`
  select host, to_jsonb(kinds) as kinds, failure, connected_at from billing.teams_channels`;

const messagesOf = (memberId: string) => sql`
  lateral (
    select count(*) filter (where m.channel = 'mail' and m.state = 'waiting')::integer as mails_waiting,
      count(*) filter (where m.channel = 'mail' and m.state = 'sent')::integer as mails_sent,
      count(*) filter (where m.channel = 'mail' and m.state = 'dead')::integer as mails_dead,
      min(m.state) filter (where m.member_id = ${memberId}::uuid) as own_mail,
      min(m.state) filter (where m.channel = 'teams') as teams,
      min(m.failure) filter (where m.failure is not null) as failure
    from billing.notice_items i
      join billing.notice_messages m on m.tenant_id = i.tenant_id and m.id = i.message_id
    where i.tenant_id = n.tenant_id and i.notice_id = n.id) as m`;

const messageColumns = sql`m.mails_waiting, m.mails_sent, m.mails_dead, m.own_mail, m.teams, m.failure`;

export const noticeStore = (database: TenantDatabase): NoticeStore => ({
  page: (scope, memberId, { after, limit }) => {
    const older = after ? sql`(n.raised_at, n.id) < (${after[0]}, ${after[1]})` : sql`true`;
    return database.read(
      scope,
      sql<ShownNoticeRow>`
        select ${noticeColumns}, ${messageColumns}
        from (select * from billing.notices n where ${older} order by n.raised_at desc, n.id desc ${pageRows(limit)}) n
          cross join ${messagesOf(memberId)}
        order by n.raised_at desc, n.id desc`,
    );
  },
  settings: async (scope, memberId) => {
    const [teams, choices] = await database.readAll<[TeamsRow, { kind: NoticeKind; delivery: MailDelivery }]>(scope, [
      teamsChannel,
      sql`select kind, delivery from billing.notice_choices where member_id = ${memberId}`,
    ]);
    return { teams: teams[0], choices };
  },
});

/** One as the list has it. */
export const shownNotice = (
  transaction: Transaction,
  { id, memberId }: { id: string; memberId: string },
): Promise<ShownNoticeRow | undefined> =>
  transaction.row(sql<ShownNoticeRow>`
    select ${noticeColumns}, ${messageColumns} from billing.notices n cross join ${messagesOf(memberId)} where n.id = ${id}`);

const givenUp = (noticeId: string) => sql`
  m.state = 'dead' and exists (
    select from billing.notice_items i
    where i.tenant_id = m.tenant_id and i.message_id = m.id and i.notice_id = ${noticeId})`;

/** Of two persons who send it again at once the second finds nothing left to send. */
export const lockGivenUp = async (transaction: Transaction, noticeId: string): Promise<void> => {
  await transaction.rows(
    sql`select from billing.notice_messages m where ${givenUp(noticeId)} order by m.id for update`,
  );
};

/**
 * The very messages, with as many tries as new ones have, and without what is over by now; how many. They are due since they
 * were given up.
 */
export const sendGivenUpAgain = async (transaction: Transaction, noticeId: string): Promise<number> => {
  await transaction.change(sql`
    delete from billing.notice_items o using billing.notice_messages m, billing.notices n
    where m.tenant_id = o.tenant_id and m.id = o.message_id and n.tenant_id = o.tenant_id and n.id = o.notice_id
      and n.cleared_at is not null and ${givenUp(noticeId)}`);
  return transaction.change(sql`
    update billing.notice_messages m set state = 'waiting', failures = 0, failure = null, settled_at = null
    where ${givenUp(noticeId)}`);
};

export const lockTeams = (transaction: Transaction): Promise<TeamsRow | undefined> =>
  transaction.row(sql<TeamsRow>`${teamsChannel} for update`);

/** Another address begins anew: what it is told of stays as it was. */
export const putTeams = (
  transaction: Transaction,
  { tenantId }: Scope,
  { host, now }: { host: string; now: Date },
): Promise<number> =>
  transaction.change(sql`
    insert into billing.teams_channels (tenant_id, host, connected_at) values (${tenantId}, ${host}, ${now})
    on conflict (tenant_id) do update set host = excluded.host, connected_at = excluded.connected_at, failure = null`);

export const setTeamsKinds = (transaction: Transaction, kinds: readonly NoticeKind[]): Promise<number> =>
  transaction.change(sql`update billing.teams_channels set kinds = ${kinds}::text[]`);

export const removeTeams = (transaction: Transaction): Promise<number> =>
  transaction.change(sql`delete from billing.teams_channels`);

export const putChoices = (
  transaction: Transaction,
  { tenantId }: Scope,
  { memberId, choices }: { memberId: string; choices: MailChoices },
): Promise<number> =>
  transaction.change(sql`
    insert into billing.notice_choices (tenant_id, member_id, kind, delivery)
    select ${tenantId}, ${memberId}, kind, delivery
    from unnest(${Object.keys(choices)}::text[], ${Object.values(choices)}::text[]) c (kind, delivery)
    on conflict (tenant_id, member_id, kind) do update set delivery = excluded.delivery`);
