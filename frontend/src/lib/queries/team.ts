import { Invitation, Member } from '@legendops/auth/contract';
import { pageOf } from '@legendops/kit/contract/page';
import { cursorPages } from '../cursor-pages.ts';

export const membersPath = '/api/auth/v1/members';
export const invitationsPath = '/api/auth/v1/invitations';

export const memberPages = cursorPages({ path: membersPath, page: pageOf(Member) });
interface LoadedPages {
  pages: { data: Pick<Invitation, 'state' | 'mailFailedAt'>[] }[];
}

const isBeingSent = ({ state, mailFailedAt }: Pick<Invitation, 'state' | 'mailFailedAt'>): boolean =>
  state === 'pending' && mailFailedAt === null;

/** Who has not come yet, for whoever has redeemed theirs is a member; asked again while one of them is on its way. */
export const openInvitationPages = {
  ...cursorPages({ path: invitationsPath, page: pageOf(Invitation), filter: { open: 'true' } }),
  refetchInterval: ({ state: { data } }: { state: { data: LoadedPages | undefined } }): number | false =>
    data?.pages.some((page) => page.data.some(isBeingSent)) === true ? 2_000 : false,
};
