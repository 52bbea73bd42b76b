import { KubeConfig } from '@kubernetes/client-node';
import { messageOf } from '@legendops/kit/errors/message-of';
import { kubeClient } from '@legendops/operator-runtime/client/kube-client';
import { Refused } from './environment-group.ts';
import { rotateSigningKey } from './signing-key/rotate-signing-key.ts';

const config = new KubeConfig();
config.loadFromDefault();
const kube = await kubeClient(config);
const write = (text: string): void => void process.stdout.write(`${text}\n`);
try {
  process.exitCode = await rotateSigningKey(process.argv.slice(2), { kube, now: () => new Date(), write });
} catch (error) {
  write(messageOf(error));
  process.exitCode = error instanceof Refused ? 2 : 1;
} finally {
  await kube.close();
}
