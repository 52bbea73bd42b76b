import { SuperOpsConnection, type SuperOpsCredentials } from '@legendops/portal/superops/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { clientLinksPath, superOpsConnectionPath } from '../../lib/queries/superops.ts';

const readAgain = () => void Promise.all([refresh(superOpsConnectionPath), refresh(clientLinksPath)]);
const changed = { done: readAgain, refused: readAgain };

const connect: ActKind<SuperOpsCredentials, SuperOpsConnection> = {
  ...changed,
  request: (body) => ({ method: 'PUT', path: superOpsConnectionPath, body }),
  answer: SuperOpsConnection,
};
export const useConnectSuperOps = () => useAct(connect);

const check: ActKind<undefined, SuperOpsConnection> = {
  ...changed,
  request: () => ({ method: 'POST', path: `${superOpsConnectionPath}/checks` }),
  answer: SuperOpsConnection,
};
export const useCheckSuperOps = () => useAct(check);

const disconnect: ActKind<SuperOpsConnection, void> = {
  ...changed,
  request: () => ({ method: 'DELETE', path: superOpsConnectionPath }),
  answer: null,
};
export const useDisconnectSuperOps = () => useAct(disconnect);
