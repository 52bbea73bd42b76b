import { KubeConfig } from '@kubernetes/client-node';
import { kubeClient, type KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { runAlone } from './command.ts';
import { rotateSigningKey } from './signing-key/rotate-signing-key.ts';

let kube: KubeClient | undefined;
// Not before it is needed: to ask for help needs no cluster.
const connect = async (): Promise<KubeClient> => {
  const config = new KubeConfig();
  config.loadFromDefault();
  kube = await kubeClient(config);
  return kube;
};
await runAlone((write) => rotateSigningKey(process.argv.slice(2), { connect, now: () => new Date(), write }));
await kube?.close();
