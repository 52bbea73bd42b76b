import { Invitation, Member } from '@legendops/auth/contract';
import { pageOf } from '@legendops/kit/contract/page';
import { cursorPages } from '../cursor-pages.ts';

const membersPath = '/api/auth/v1/members';
export const invitationsPath = '/api/auth/v1/invitations';

export const memberPages = cursorPages({ path: membersPath, page: pageOf(Member) });
export const invitationPages = cursorPages({ path: invitationsPath, page: pageOf(Invitation) });
