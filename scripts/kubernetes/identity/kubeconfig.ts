import { stringify } from 'yaml';

/** A kubeconfig of the cluster's administrator, with everything embedded. */
export const kubeconfigText = ({ url, ca, token }: { url: string; ca: string; token: string }): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'legendops-local',
    clusters: [
      {
        name: 'legendops-local',
        cluster: { server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64') },
      },
    ],
    contexts: [{ name: 'legendops-local', context: { cluster: 'legendops-local', user: 'admin' } }],
    users: [{ name: 'admin', user: { token } }],
  });
