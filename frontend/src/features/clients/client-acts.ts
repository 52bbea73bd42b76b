import type { Keep } from '@legendops/portal/client-name/contract';
import { ConfirmedClientLink, type ClientLink } from '@legendops/portal/superops/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useSaveFile } from '../../lib/act/save-file.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { clientLinksPath } from '../../lib/queries/superops.ts';

const readAgain = () => void refresh(clientLinksPath);
const changed = { done: readAgain, refused: readAgain };

export interface Chosen {
  clientId: string;
  customerId: string;
}

const confirm: ActKind<Chosen, ConfirmedClientLink> = {
  ...changed,
  request: ({ clientId, customerId }) => ({
    method: 'PUT',
    path: `${clientLinksPath}/${clientId}`,
    body: { customerId },
  }),
  answer: ConfirmedClientLink,
};
export const useConfirmClient = () => useAct(confirm);

export type LinkedClient = Pick<ClientLink, 'clientId' | 'clientName'> & { customerName: string; version: number };

const remove: ActKind<LinkedClient, void> = {
  ...changed,
  request: ({ clientId, version }) => ({ method: 'DELETE', path: `${clientLinksPath}/${clientId}`, version }),
  answer: null,
};
export const useRemoveClientLink = () => useAct(remove);

/** Says which name both have from now on. */
const keepName: ActKind<LinkedClient & { keep: Keep }, void> = {
  ...changed,
  request: ({ clientId, version, keep }) => ({
    method: 'POST',
    path: `${clientLinksPath}/${clientId}/names`,
    body: { keep },
    version,
  }),
  answer: null,
};
export const useKeepName = () => useAct(keepName);

/** Saves every client and its link as a table. */
export const useSaveClients = () => useSaveFile(`${clientLinksPath}/export`, 'client-links.csv');
