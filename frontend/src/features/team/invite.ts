import { Invitation, type NewInvitation } from '@legendops/auth/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, runOnce } from '../../lib/api.ts';
import { invitationsPath } from '../../lib/queries/team.ts';

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
