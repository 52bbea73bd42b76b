import { startKubernetes } from '../../kubernetes/server.ts';
import type { Cluster } from './operator-world.ts';
import type { SuiteVault } from '../../doubles/suite-vault.ts';

/** The Kubernetes API of one machine, of its own, with nothing on disk that stays. */
export const startClusterInMemory = async ({ certificates }: SuiteVault): Promise<Cluster> => {
  const kubernetes = await startKubernetes({ tls: certificates });
  return { kubeconfig: kubernetes.kubeconfig, close: () => kubernetes.close() };
};
