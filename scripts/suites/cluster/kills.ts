import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@legendops/kit/testing/eventually';
import type { PortalVisitor } from '../../seed/portal-visitor.ts';
import { administrator } from './first-invoice.ts';
import { platformNamespace, surroundingsNamespace, type Platform } from './platform.ts';
import { isReady, partOf, runningPods, type PodSeen } from './pods.ts';
import type { Seen } from './summary.ts';

const betweenWritesMs = 50;

interface Written {
  id: string;
  name: string;
}

/** Writes customers and products until it is told to end; what was acknowledged is kept, what was refused is not. */
const writeUntil = (admin: PortalVisitor, hasEnded: () => boolean) => {
  const acknowledged = { customers: [] as Written[], products: [] as Written[] };
  const began = Date.now();
  let refused = 0;
  const write = async (kind: keyof typeof acknowledged, post: (name: string) => Promise<{ id: string }>) => {
    for (let count = 0; !hasEnded(); count += 1) {
      const name = `Written ${began} ${count}`;
      try {
        acknowledged[kind].push({ ...(await post(name)), name });
      } catch {
        refused += 1;
      }
      await pause(betweenWritesMs);
    }
  };
  const done = Promise.all([
    write('customers', (name) => admin.post('portal/v1/customers', { name })),
    write('products', (name) => admin.post('catalog/v1/products', { sku: name, name })),
  ]);
  return { acknowledged, refused: () => refused, done };
};

// By the pod's uid, which is in the name of its control group: every process of it, at once and without a word.
const killing = (uid: string): string =>
  `for p in /proc/[0-9]*; do if grep -Eq '${uid}|${uid.replaceAll('-', '_')}' $p/cgroup 2>/dev/null &&
   [ "$(cat $p/comm)" != pause ]; then kill -KILL $(basename $p) && echo killed; fi; done`;

const kill = async ({ machine }: Platform, { metadata }: PodSeen): Promise<void> => {
  const child = machine.enter(['sh', '-c', killing(metadata.uid)]);
  let said = '';
  child.stdout?.on('data', (data: Buffer) => (said += data.toString()));
  await once(child, 'close');
  if (!said.includes('killed')) throw new Error(`No process of ${metadata.name} was found`);
};

const restartsOf = ({ status }: PodSeen): number => status.containerStatuses?.[0]?.restartCount ?? 0;

/** Kills the processes of every pod, one pod after the other, while people write: whatever was acknowledged is there. */
export const killEveryPod = async (platform: Platform): Promise<Seen> => {
  const { machine } = platform;
  const admin = await administrator(platform);
  let hasEnded = false;
  const writing = writeUntil(admin, () => hasEnded);
  const killed: string[] = [];
  try {
    for (const namespace of [surroundingsNamespace, platformNamespace])
      for (const pod of await runningPods(machine, namespace)) {
        await kill(platform, pod);
        const isBack = async (): Promise<boolean> =>
          (await runningPods(machine, namespace)).some(
            (one) => one.metadata.uid === pod.metadata.uid && restartsOf(one) > restartsOf(pod) && isReady(one),
          );
        await eventually(`${partOf(pod)} is back`, isBack, { withinMs: 180_000, everyMs: 500 });
        killed.push(partOf(pod));
      }
  } finally {
    hasEnded = true;
    await writing.done;
  }
  const { customers, products } = writing.acknowledged;
  const lost: string[] = [];
  const look = async (path: string, written: readonly Written[]): Promise<void> => {
    for (const { id, name } of written) {
      const found = await admin.get<{ name: string }>(`${path}/${id}`).catch(() => undefined);
      if (found?.name !== name) lost.push(name);
    }
  };
  await Promise.all([look('portal/v1/customers', customers), look('catalog/v1/products', products)]);
  const count = customers.length + products.length;
  if (count === 0) throw new Error('Nothing was written');
  if (lost.length > 0)
    throw new Error(`${lost.length} of ${count} acknowledged writes are lost: ${lost.slice(0, 5).join(', ')}`);
  return {
    count: lost.length,
    of: `lost of ${count} acknowledged writes, ${killed.length} pods killed`,
    figures: [`${writing.refused()} writes were refused meanwhile`],
  };
};
