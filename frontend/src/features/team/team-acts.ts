import {
  Invitation,
  Member,
  type InvitationChange,
  type MemberChange,
  type NewInvitation,
} from '@legendops/auth/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { dropRow, putRow, refresh, rowReadAgain } from '../../lib/cache.ts';
import { invitationsPath, membersPath } from '../../lib/queries/team.ts';

const invite: ActKind<NewInvitation, Invitation> = {
  request: (body) => ({ method: 'POST', path: invitationsPath, body }),
  answer: Invitation,
  done: () => void refresh(invitationsPath),
  refused: () => void refresh(invitationsPath),
};

export const useInvite = () => useAct(invite);

/** What the person saw is what is changed: who changed it meanwhile is not overruled. */
interface Changing<Subject, Change> {
  seen: Subject;
  change: Change;
}

const changeMember: ActKind<Changing<Member, MemberChange>, Member> = {
  request: ({ seen: { id, version }, change: body }) => ({
    method: 'PATCH',
    path: `${membersPath}/${id}`,
    version,
    body,
  }),
  answer: Member,
  done: (member) => putRow(membersPath, member),
  refused: () => void refresh(membersPath),
  readBack: ({ seen: { id } }) => rowReadAgain<Member>(membersPath, id),
};

export const useChangeMember = () => useAct(changeMember);

const changeInvitation: ActKind<Changing<Invitation, InvitationChange>, Invitation> = {
  request: ({ seen: { id, version }, change: body }) => ({
    method: 'PATCH',
    path: `${invitationsPath}/${id}`,
    version,
    body,
  }),
  answer: Invitation,
  // One that is called back is open no longer, and the list is of those that are.
  done: (invitation) =>
    invitation.state === 'revoked' ? dropRow(invitationsPath, invitation.id) : putRow(invitationsPath, invitation),
  refused: () => void refresh(invitationsPath),
  readBack: ({ seen: { id } }) => rowReadAgain<Invitation>(invitationsPath, id),
};

export const useChangeInvitation = () => useAct(changeInvitation);
