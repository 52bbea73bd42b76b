import { eventually } from '@legendops/kit/testing/eventually';
import { loadDuring } from './load.ts';
import { deployments, platformNamespace, type Platform } from './platform.ts';
import { isReady, partOf, runningPods, type PodSeen } from './pods.ts';
import type { Seen } from './summary.ts';

const leastRequests = 2_000;

const readyPods = async ({ machine }: Platform, part: string): Promise<PodSeen[]> =>
  (await runningPods(machine, platformNamespace)).filter((pod) => partOf(pod) === part && isReady(pod));

/** As `kubectl drain` asks; what the API server answers. */
const evict = ({ machine: { kubectl } }: Platform, { metadata }: PodSeen): Promise<string> => {
  const eviction = JSON.stringify({
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name: metadata.name, namespace: metadata.namespace },
  });
  const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/eviction`;
  return kubectl(['create', '--raw', path, '-f', '-'], { input: eviction, mayFail: true });
};

const scale = async ({ machine: { kubectl } }: Platform, replicas: number): Promise<void> => {
  for (const name of deployments)
    await kubectl(['-n', platformNamespace, 'scale', `deployment/${name}`, `--replicas=${replicas}`]);
  for (const name of deployments)
    await kubectl(['-n', platformNamespace, 'rollout', 'status', `deployment/${name}`, '--timeout=240s']);
};

/**
 * Evicts both pods of every Deployment as the drain of a node would: the first goes, the second is held by the budget until
 * another is ready, and people notice nothing.
 */
export const drainUnderLoad = async (platform: Platform): Promise<Seen> => {
  await scale(platform, 2);
  let held = 0;
  let evicted = 0;
  const drain = async (part: string): Promise<void> => {
    const pods = await eventually(`two pods of ${part} are ready`, async () => {
      const ready = await readyPods(platform, part);
      return ready.length === 2 && ready;
    });
    for (const pod of pods)
      await eventually(
        `${pod.metadata.name} is evicted`,
        async () => {
          const answer = await evict(platform, pod);
          if (answer.includes('disruption budget')) held += 1;
          else if (answer.includes('"Success"')) return true;
          else throw new Error(`The eviction of ${pod.metadata.name} is answered: ${answer}`);
          return false;
        },
        { withinMs: 180_000, everyMs: 500 },
      ).then(() => (evicted += 1));
    const isWhole = async (): Promise<boolean> => (await readyPods(platform, part)).length === 2;
    await eventually(`${part} is whole again`, isWhole, { withinMs: 120_000, everyMs: 500 });
  };
  const requests = await loadDuring(platform, leastRequests, async () => {
    for (const part of deployments) await drain(part);
  });
  await scale(platform, 1);
  if (held === 0) throw new Error('No eviction was held by a budget');
  const asked = requests.answered + requests.failures.length;
  if (requests.failures.length > 0)
    throw new Error(
      `${requests.failures.length} failed of ${asked}: ${[...new Set(requests.failures)].slice(0, 8).join('; ')}`,
    );
  return {
    count: evicted,
    of: `pods evicted, held by their budgets ${held} times; 0 failed of ${asked} requests`,
  };
};
