import { Invitation } from '@legendops/auth/contract';
import { pageOf } from '@legendops/kit/contract/page';
import { cursorPages } from '../../lib/cursor-pages.ts';
import { invitationPages, invitationsPath } from '../../lib/queries/team.ts';

/** Who has not come yet: whoever has redeemed theirs is a member. */
export const openInvitationPages = {
  ...cursorPages({ path: invitationsPath, page: pageOf(Invitation), filter: { open: 'true' } }),
  refetchInterval: invitationPages.refetchInterval,
};
