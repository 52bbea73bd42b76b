import { Connection, QuickBooksAuthorization, type Pax8Credentials } from '@legendops/billing/contract';
import type { z } from 'zod';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { connections, connectionsPath } from '../../lib/queries/connections.ts';
import { queryClient } from '../../lib/query-client.ts';

const connectPax8: ActKind<z.infer<typeof Pax8Credentials>, Connection> = {
  request: (body) => ({ method: 'PUT', path: `${connectionsPath}/pax8`, body }),
  answer: Connection,
  done: () => void refresh(connectionsPath),
  refused: () => void refresh(connectionsPath),
};

export const useConnectPax8 = () => useAct(connectPax8);

const disconnect: ActKind<Connection, void> = {
  request: ({ vendor }) => ({ method: 'DELETE', path: `${connectionsPath}/${vendor}` }),
  answer: null,
  done: (_, { id }) => {
    queryClient.setQueryData(
      connections.queryKey,
      (all) => all && { ...all, data: all.data.filter((connection) => connection.id !== id) },
    );
  },
  refused: () => void refresh(connectionsPath),
};

export const useDisconnect = () => useAct(disconnect);

/** Leaves the portal for QuickBooks, which sends the browser back to /connections. */
const connectQuickBooks: ActKind<undefined, z.infer<typeof QuickBooksAuthorization>> = {
  request: () => ({ method: 'POST', path: `${connectionsPath}/quickbooks/authorization` }),
  answer: QuickBooksAuthorization,
  done: ({ url }) => {
    if (!/^https?:/.test(url)) throw new Error('QuickBooks cannot be reached at the address that was given');
    window.location.assign(url);
  },
};

export const useConnectQuickBooks = () => useAct(connectQuickBooks);
