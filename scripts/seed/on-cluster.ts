import { KubeConfig } from '@kubernetes/client-node';
import { httpUrl, parseEnvironment } from '@legendops/kit/config/parse-environment';
import { messageOf } from '@legendops/kit/errors/message-of';
import { kubeClient } from '@legendops/operator-runtime/client/kube-client';
import { z } from 'zod';
import { progressTo } from '../local/progress.ts';
import { clusterApi } from '../local/surroundings/cluster-api.ts';
import { refusalOf } from '../local/surroundings/refusal.ts';
import { clusterVariables } from '../local/surroundings/settings.ts';
import { answerAs } from './browser-addresses.ts';
import { seedProviders } from './seed.ts';
import { remoteVendors } from './vendor-doors.ts';

// The example data of a cluster of development, made by a pod of charts/legendops-surroundings as a person would make it.
const variables = {
  ...clusterVariables,
  /** As browsers have them. */
  PUBLIC_URL: httpUrl,
  SIGN_IN_PAGE_URL: httpUrl,
  QUICKBOOKS_PAGE_URL: httpUrl,
  /** host:port of the cluster's gateway, within it. */
  GATEWAY: z.string().regex(/^[a-z0-9.-]+:\d+$/),
  SIGN_IN_URL: httpUrl,
  PAX8_URL: httpUrl,
  QUICKBOOKS_URL: httpUrl,
  SUPEROPS_URL: httpUrl,
  MAILBOX_URL: httpUrl,
} as const;

const write = (text: string): void => void process.stdout.write(text);

const seed = async (): Promise<void> => {
  const settings = parseEnvironment(variables, process.env);
  const api = clusterApi({
    kubernetesUrl: settings.KUBERNETES_URL,
    kubernetesTokenPath: settings.KUBERNETES_TOKEN_PATH,
  });
  const refusal = await refusalOf(settings.ENVIRONMENT, api);
  if (refusal !== undefined) throw new Error(refusal);
  const [gatewayHost = '', gatewayPort] = settings.GATEWAY.split(':');
  await answerAs([
    { url: settings.PUBLIC_URL, host: gatewayHost, port: Number(gatewayPort) },
    { url: settings.SIGN_IN_PAGE_URL, host: new URL(settings.SIGN_IN_URL).hostname, port: 80 },
    { url: settings.QUICKBOOKS_PAGE_URL, host: new URL(settings.QUICKBOOKS_URL).hostname, port: 80 },
  ]);
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromCluster();
  const people = await seedProviders(
    {
      endpoints: { gateway: settings.PUBLIC_URL, mailbox: settings.MAILBOX_URL },
      cluster: { client: await kubeClient(kubeConfig) },
      vendors: remoteVendors({
        signIn: settings.SIGN_IN_URL,
        pax8: settings.PAX8_URL,
        quickbooks: settings.QUICKBOOKS_URL,
        superops: settings.SUPEROPS_URL,
      }),
    },
    progressTo(write),
    new AbortController().signal,
  );
  for (const { label, email } of people)
    write(`${label.padEnd(42)}${settings.PUBLIC_URL}/api/auth/v1/sign-in?loginHint=${encodeURIComponent(email)}\n`);
};

await seed().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`The example data could not be made: ${messageOf(error)}\n`);
    process.exit(1);
  },
);
