import { buildSizes } from './images.ts';
import { deployments, platformNamespace, surroundingsNamespace, type Platform } from './platform.ts';
import { evaluateIn, isReady, podOf, runningPods, type PodSeen } from './pods.ts';
import type { Seen } from './summary.ts';

const mostOfBilling = { imageMegabytes: 260, modulesMegabytes: 90 };

const whoIsNotReady = (pods: readonly PodSeen[]): string[] =>
  pods.filter((pod) => !isReady(pod)).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);

/** All pods of both charts are ready, in namespaces that take none but restricted ones. */
export const seeAllReady = async ({ machine }: Platform): Promise<Seen> => {
  const pods: PodSeen[] = [];
  for (const namespace of [platformNamespace, surroundingsNamespace]) {
    const labels = await machine.kubectl(['get', 'namespace', namespace, '-o', 'jsonpath={.metadata.labels}']);
    if (!labels.includes('"pod-security.kubernetes.io/enforce":"restricted"'))
      throw new Error(`${namespace} does not enforce the restricted profile`);
    pods.push(...(await runningPods(machine, namespace)));
  }
  const waiting = whoIsNotReady(pods);
  if (waiting.length > 0) throw new Error(`not ready: ${waiting.join(', ')}`);
  return { count: pods.length, of: 'pods ready under restricted' };
};

const modulesOf = async ({ machine }: Platform, part: string): Promise<number> => {
  const program = `
    import { execFileSync } from 'node:child_process';
    console.log(execFileSync('du', ['-s', '--apparent-size', '--block-size=1', 'node_modules'], { cwd: '/app' }).toString().split('\\t')[0]);`;
  return Math.ceil((await evaluateIn<number>(machine, await podOf(machine, part), program)) / 1_000_000);
};

/** How large images are, and what the largest of ours brings along. */
export const weighImages = async (platform: Platform): Promise<Seen> => {
  const sizes = await buildSizes();
  const modules = await modulesOf(platform, 'billing');
  const billing = sizes.get('billing') ?? Infinity;
  if (billing > mostOfBilling.imageMegabytes || modules > mostOfBilling.modulesMegabytes)
    throw new Error(`billing's image has ${billing} MB, of them ${modules} MB node_modules`);
  return {
    count: sizes.size,
    of: 'images',
    figures: [
      [...sizes].map(([name, size]) => `${name} ${size} MB`).join(', '),
      `billing's node_modules ${modules} MB`,
    ],
  };
};

// The kernel counts a process's start in hundredths of a second since the machine's.
const sinceStart = `
  import { readFileSync } from 'node:fs';
  const ticks = Number(readFileSync('/proc/1/stat', 'utf8').split(') ')[1].split(' ')[19]);
  console.log(Date.now() - Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000 + ticks * 10);`;

const isUp = /listening|waiting for leadership/;

/** From the start of a pod's process until its log says that it serves: milliseconds, each Deployment replaced by itself. */
export const timeStarts = async ({ machine }: Platform): Promise<Seen> => {
  const figures: string[] = [];
  for (const part of deployments) {
    const inNamespace = ['-n', platformNamespace];
    await machine.kubectl([...inNamespace, 'rollout', 'restart', `deployment/${part}`]);
    await machine.kubectl([...inNamespace, 'rollout', 'status', `deployment/${part}`, '--timeout=180s']);
    const pod = await podOf(machine, part);
    const began = await evaluateIn<number>(machine, pod, sinceStart);
    const log = await machine.kubectl([...inNamespace, 'logs', '--timestamps', pod.metadata.name]);
    const said = log.split('\n').find((line) => isUp.test(line));
    if (said === undefined) throw new Error(`${part} does not say that it serves`);
    figures.push(`${part} ${((Date.parse(said.split(' ')[0] ?? '') - began) / 1_000).toFixed(2)} s`);
  }
  return { count: figures.length, of: 'starts, process to serving', figures: [figures.join(', ')] };
};
