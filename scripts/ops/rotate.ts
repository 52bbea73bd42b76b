import { KubeConfig } from '@kubernetes/client-node';
import { messageOf } from '@legendops/kit/errors/message-of';
import { kubeClient, type KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { isMistake } from './command.ts';
import { rotateSigningKey } from './signing-key/rotate-signing-key.ts';

let kube: KubeClient | undefined;
// Not before it is needed: to ask for help needs no cluster.
const connect = async (): Promise<KubeClient> => {
  const config = new KubeConfig();
  config.loadFromDefault();
  kube = await kubeClient(config);
  return kube;
};
const write = (text: string): void => void process.stdout.write(`${text}\n`);
try {
  process.exitCode = await rotateSigningKey(process.argv.slice(2), { connect, now: () => new Date(), write });
} catch (error) {
  write(messageOf(error));
  process.exitCode = isMistake(error) ? 2 : 1;
} finally {
  await kube?.close();
}
