import { Connection, QuickBooksAuthorization, type Pax8Credentials } from '@legendops/billing/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from '../../lib/api.ts';
import { connectionsPath } from '../../lib/queries/connections.ts';

export const useConnectPax8 = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: z.infer<typeof Pax8Credentials>) =>
      api.request({ method: 'PUT', path: `${connectionsPath}/pax8`, body }, Connection),
    // The secret is not kept in memory longer than its request.
    gcTime: 0,
    onSettled: () => queries.invalidateQueries({ queryKey: [connectionsPath] }),
  });
};

/** Leaves the portal for QuickBooks, which sends the browser back to /connections. */
export const useConnectQuickBooks = () =>
  useMutation({
    mutationFn: async () => {
      const path = `${connectionsPath}/quickbooks/authorization`;
      const { url } = await api.request({ method: 'POST', path }, QuickBooksAuthorization);
      if (!/^https?:/.test(url)) throw new Error('QuickBooks cannot be reached at the address that was given');
      window.location.assign(url);
    },
  });
