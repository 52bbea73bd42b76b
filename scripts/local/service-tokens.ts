import { replaceFile } from '../loopback/replace-file.ts';
import type { StateFolder } from './state-folder.ts';
import { platformNamespace } from '../loopback/cluster.ts';

/** A service's token for another service or for the directory, as the kubelet would project it into a pod. */
interface ProjectedToken {
  serviceAccount: string;
  audience: string;
  file: string;
}

export type IssueToken = (request: {
  namespace: string;
  serviceAccount: string;
  audience: string;
  expirationSeconds: number;
}) => Promise<string>;

const azure = 'api://AzureADTokenExchange';

const tokens = {
  portalForBilling: { serviceAccount: 'portal', audience: 'legendops-billing', file: 'portal-for-billing' },
  billingForPortal: { serviceAccount: 'billing', audience: 'legendops-portal', file: 'billing-for-portal' },
  authForPortal: { serviceAccount: 'auth', audience: 'legendops-portal', file: 'auth-for-portal' },
  portalForAuth: { serviceAccount: 'portal', audience: 'legendops-auth', file: 'portal-for-auth' },
  portalForCatalog: { serviceAccount: 'portal', audience: 'legendops-catalog', file: 'portal-for-catalog' },
  billingForAuth: { serviceAccount: 'billing', audience: 'legendops-auth', file: 'billing-for-auth' },
  catalogForAuth: { serviceAccount: 'catalog', audience: 'legendops-auth', file: 'catalog-for-auth' },
  billingForAzure: { serviceAccount: 'billing', audience: azure, file: 'billing-for-azure' },
  catalogForAzure: { serviceAccount: 'catalog', audience: azure, file: 'catalog-for-azure' },
  portalForAzure: { serviceAccount: 'portal', audience: azure, file: 'portal-for-azure' },
  operatorForAzure: { serviceAccount: 'tenant-operator', audience: azure, file: 'operator-for-azure' },
} as const satisfies Record<string, ProjectedToken>;

export type ServiceTokenPaths = Record<keyof typeof tokens, string>;

const expirationSeconds = 3_600;
// The kubelet replaces a token after 80 % of its life; so does this.
const renewMs = expirationSeconds * 800;

/** Writes every service's tokens and keeps them fresh until stopped. */
export const projectServiceTokens = async (
  state: StateFolder,
  issue: IssueToken,
  report: (line: string) => void,
): Promise<{ paths: ServiceTokenPaths; stop: () => void }> => {
  const write = async (): Promise<void> => {
    for (const { serviceAccount, audience, file } of Object.values(tokens)) {
      const token = await issue({ namespace: platformNamespace, serviceAccount, audience, expirationSeconds });
      await replaceFile(state.file('tokens', file), token);
    }
  };
  await write();
  const timer = setInterval(() => {
    write().catch((error: unknown) => report(`service tokens could not be renewed: ${String(error)}`));
  }, renewMs);
  const paths = Object.fromEntries(
    Object.entries(tokens).map(([name, { file }]) => [name, state.file('tokens', file)]),
  ) as ServiceTokenPaths;
  return { paths, stop: () => clearInterval(timer) };
};
