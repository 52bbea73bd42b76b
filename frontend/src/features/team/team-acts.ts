import {
  Invitation,
  Member,
  type InvitationChange,
  type MemberChange,
  type NewInvitation,
} from '@legendops/auth/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, runOnce } from '../../lib/api.ts';
import { invitationsPath, membersPath } from '../../lib/queries/team.ts';

export const useInvite = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewInvitation) =>
      runOnce('member.invite', body, (idempotencyKey) =>
        api.request({ method: 'POST', path: invitationsPath, body, idempotencyKey }, Invitation),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: [invitationsPath] }),
  });
};

/** `version` is what the person saw: who changed it meanwhile is not overruled. */
interface Seen {
  id: string;
  version: number;
}

export const useChangeMember = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, ...body }: Seen & MemberChange) =>
      api.request({ method: 'PATCH', path: `${membersPath}/${id}`, version, body }, Member),
    onSettled: () => queries.invalidateQueries({ queryKey: [membersPath] }),
  });
};

export const useChangeInvitation = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, ...body }: Seen & InvitationChange) =>
      api.request({ method: 'PATCH', path: `${invitationsPath}/${id}`, version, body }, Invitation),
    onSettled: () => queries.invalidateQueries({ queryKey: [invitationsPath] }),
  });
};
