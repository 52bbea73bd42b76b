import { clusterClient } from '../loopback/cluster.ts';
import type { LocalCertificates } from '../loopback/certificates.ts';
import type { RunningCluster } from './external-cluster.ts';
import { startKubernetes } from '../kubernetes/server.ts';
import { replaceFile } from '../loopback/replace-file.ts';
import { baseEnvironment, jobImages } from './service-processes.ts';
import type { StateFolder } from './state-folder.ts';

/** The Kubernetes API in memory; Jobs of our images run as processes of this checkout. */
export const localCluster = async (options: {
  root: string;
  state: StateFolder;
  certificates: LocalCertificates;
  port: number;
  log: (line: string) => void;
}): Promise<RunningCluster> => {
  const { root, state, certificates, port, log } = options;
  const kubernetes = await startKubernetes({
    port,
    tls: certificates,
    stateDirectory: state.folder('kubernetes'),
    images: Object.fromEntries(
      Object.values(jobImages).map((image) => [
        image,
        { command: [process.execPath], directory: root, environment: baseEnvironment(state, certificates) },
      ]),
    ),
    log,
  });
  const kubeconfigPath = state.file('kubeconfig');
  await replaceFile(kubeconfigPath, kubernetes.kubeconfig);
  const client = await clusterClient(kubernetes.kubeconfig);
  return {
    kubeconfigPath,
    issuer: kubernetes.issuer,
    keysUrl: `${kubernetes.url}/openid/v1/jwks`,
    client,
    jwks: () => kubernetes.jwks(),
    issueToken: (request) => kubernetes.issueToken(request),
    close: async () => {
      await client.close();
      await kubernetes.close();
    },
  };
};
