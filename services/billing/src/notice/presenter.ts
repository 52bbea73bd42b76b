import type { Actor } from '@legendops/kit/auth/actor';
import type { Notice, NoticeSettings } from './contract.ts';
import { digestHour } from './digest-time.ts';
import { deliveryOf, kindsInOrder } from './notice-kinds.ts';
import { toldOf } from './notice-row.ts';
import { noticeActsOf, settingsActs } from './policy.ts';
import type { NoticeStore, ShownNoticeRow } from './store.ts';

export const presentNotice = (row: ShownNoticeRow, actor: Actor): Notice => {
  const { amount, ...told } = toldOf(row);
  return {
    id: row.id,
    ...told,
    amount: amount && { amountMinor: amount.minor.toString(), currency: amount.currency },
    raisedAt: row.raised_at,
    clearedAt: row.cleared_at,
    mails: { waiting: row.mails_waiting, sent: row.mails_sent, dead: row.mails_dead },
    ownMail: row.own_mail,
    teams: row.teams,
    failure: row.failure,
    acts: noticeActsOf(actor, row),
  };
};

export const presentSettings = (
  { teams, choices }: Awaited<ReturnType<NoticeStore['settings']>>,
  actor: Actor,
): NoticeSettings => {
  const chosen = new Map(choices.map(({ kind, delivery }) => [kind, delivery]));
  return {
    teams:
      teams === undefined
        ? null
        : { host: teams.host, kinds: teams.kinds, failure: teams.failure, connectedAt: teams.connected_at },
    mail: kindsInOrder.map((kind) => ({ kind, delivery: deliveryOf(actor.role, chosen, kind) })),
    digestHour,
    acts: settingsActs(actor),
  };
};
