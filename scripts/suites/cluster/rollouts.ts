import { eventually } from '@legendops/kit/testing/eventually';
import { followFeeds, loadDuring } from './load.ts';
import { deployments, platformNamespace, type Platform } from './platform.ts';
import { partOf, podsIn } from './pods.ts';
import type { Seen } from './summary.ts';

const leastRequests = 20_000;

/** Replaces the pods of every Deployment, one after the other, while people and services ask: nobody is refused. */
export const rollUnderLoad = async (platform: Platform): Promise<Seen> => {
  const { kubectl } = platform.machine;
  const inNamespace = ['-n', platformNamespace];
  const feeds = await followFeeds(platform);
  const requests = await loadDuring(platform, leastRequests, async () => {
    for (const name of deployments) {
      await kubectl([...inNamespace, 'rollout', 'restart', `deployment/${name}`]);
      await kubectl([...inNamespace, 'rollout', 'status', `deployment/${name}`, '--timeout=240s']);
      // What is replaced is still ending: its last seconds are those that count.
      const isAlone = async (): Promise<boolean> =>
        (await podsIn(platform.machine, platformNamespace)).filter((pod) => partOf(pod) === name).length === 1;
      await eventually(`the earlier pod of ${name} is gone`, isAlone, { withinMs: 90_000, everyMs: 500 });
    }
  });
  const polls = await feeds.end();
  const failures = [...requests.failures, ...polls.failures];
  const asked = requests.answered + requests.failures.length;
  if (failures.length > 0)
    throw new Error(`${failures.length} failed of ${asked}: ${[...new Set(failures)].slice(0, 12).join('; ')}`);
  return {
    count: requests.failures.length,
    of: `failed of ${asked} requests through the Gateway, ${deployments.length} rolling updates`,
    figures: [`${polls.failures.length} failed of ${polls.answered} long polls between services`],
  };
};
