import { Invitation, Member } from '@legendops/auth/contract';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '../api.ts';

export const membersPath = '/api/auth/v1/members';
export const invitationsPath = '/api/auth/v1/invitations';

const Members = z.object({ data: z.array(Member) });
const Invitations = z.object({ data: z.array(Invitation) });

export const members = queryOptions({
  queryKey: [membersPath],
  queryFn: async ({ signal }) => (await api.request({ method: 'GET', path: membersPath, signal }, Members)).data,
});

export const invitations = queryOptions({
  queryKey: [invitationsPath],
  queryFn: async ({ signal }) =>
    (await api.request({ method: 'GET', path: invitationsPath, signal }, Invitations)).data,
});
