import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole, type Refusal } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { Notice, NoticeSettings } from './contract.ts';
import type { ShownNoticeRow } from './store.ts';

export const permissionTo = {
  read: 'notice.read',
  /** One's own mails: whoever may be told says what of it they want. */
  choose: 'notice.read',
  connectTeams: 'notice.write',
  sendAgain: 'notice.write',
} as const satisfies Record<string, Permission>;

export const settingsActs = (actor: Actor): NoticeSettings['acts'] => ({
  connectTeams: presentVerdict(refusedToRole(actor, permissionTo.connectTeams)),
});

const nothingToSend = (detail: string): Refusal => ({ code: 'notice.nothing-to-send', detail });

/** What was given up; of what is over there is nobody left to tell. */
export const refusesSending = (row: Pick<ShownNoticeRow, 'cleared_at' | 'mails_dead' | 'teams'>): Refusal => {
  if (row.cleared_at !== null) return nothingToSend('Its cause is gone');
  return row.mails_dead > 0 || row.teams === 'dead' ? undefined : nothingToSend('Nothing of it was given up');
};

export const noticeActsOf = (actor: Actor, row: Parameters<typeof refusesSending>[0]): Notice['acts'] => ({
  sendAgain: presentVerdict(refusedToRole(actor, permissionTo.sendAgain) ?? refusesSending(row)),
});
