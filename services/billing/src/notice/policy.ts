import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { NoticeSettings } from './contract.ts';

export const permissionTo = {
  read: 'notice.read',
  /** One's own mails: whoever may be told says what of it they want. */
  choose: 'notice.read',
  connectTeams: 'notice.write',
} as const satisfies Record<string, Permission>;

export const noticeActs = (actor: Actor): NoticeSettings['acts'] => ({
  connectTeams: presentVerdict(refusedToRole(actor, permissionTo.connectTeams)),
});
