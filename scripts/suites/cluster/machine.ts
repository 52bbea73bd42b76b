import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';

const program = join(toolsFolder ?? '', 'cluster/cluster');
const root = join(import.meta.dirname, '../../..');

/** Why no cluster of containers can be had here; undefined where it can. */
export const noCluster = (): string | undefined => {
  if (toolsFolder === undefined) return 'LEGENDOPS_TOOLS is not set';
  if (!existsSync(program)) return `${program} is not there`;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a cluster of containers needs Linux and root';
  // A container that is root in name only may not.
  if (spawnSync('unshare', ['--mount', '--net', '--pid', '--fork', 'true']).status !== 0)
    return 'namespaces of the kernel may not be made here';
  return undefined;
};

interface RunOptions {
  input?: string;
  /** A failure is an answer, too: what the program said is returned. */
  mayFail?: true;
}

const run = async (parameters: readonly string[], { input, mayFail }: RunOptions = {}): Promise<string> => {
  const child = spawn(program, parameters, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let said = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return output;
  if (mayFail) return `${output}${said}`;
  throw new Error(
    `cluster ${parameters.join(' ').slice(0, 300)} ended with ${code}: ${`${output}${said}`.slice(-2_000)}`,
  );
};

interface Forward {
  namespace: string;
  service: string;
  port: number;
  /** The port on this machine. */
  at: number;
}

/** A real one-node cluster on this machine, of LEGENDOPS_TOOLS. */
export interface Machine {
  kubeconfig: string;
  /** Where its Gateway answers on this machine. */
  gateway: () => Promise<string>;
  kubectl: (parameters: readonly string[], options?: RunOptions) => Promise<string>;
  helm: (parameters: readonly string[], options?: RunOptions) => Promise<string>;
  /** A program in the node's network, where Services and pods can be reached; it runs until it ends by itself or is killed. */
  enter: (parameters: readonly string[]) => ChildProcess;
  /** Leads a port of this machine to a Service's, until it is closed or the pod behind it ends. */
  forward: (way: Forward) => Promise<{ close(): void }>;
  load: (image: string) => Promise<void>;
  down: () => Promise<void>;
}

/** Builds a Dockerfile of the repository as any builder would; layers that are there already are taken. */
export const buildImage = async (tag: string, parameters: readonly string[]): Promise<void> => {
  await run(['build', '--dir', join(root, '.cluster-none'), '-t', tag, ...parameters, '.']);
};

/** What was built on this machine, a line each. */
export const builtImages = (): Promise<string> => run(['images', '--dir', join(root, '.cluster-none')]);

/** Makes the two images that ours stand on, once. */
export const baseImages = (): Promise<string> => run(['base-image']);

/** One that was started in this folder. */
export const runningMachine = (folder: string): Machine => {
  const kubeconfig = join(folder, 'kubeconfig');
  const gateway = async (): Promise<string> => (await run(['gateway', '--dir', folder])).trim();
  return {
    kubeconfig,
    gateway,
    kubectl: (parameters, options) => run(['kubectl', '--dir', folder, ...parameters], options),
    helm: (parameters, options) => run(['helm', '--dir', folder, ...parameters], options),
    enter: (parameters) => spawn(program, ['enter', '--dir', folder, ...parameters], { cwd: root }),
    forward: async ({ namespace, service, port, at }) => {
      const parameters = ['-n', namespace, 'port-forward', `service/${service}`, `${at}:${port}`];
      const kube = join(toolsFolder ?? '', 'kube/kube');
      const child = spawn(kube, ['kubectl', ...parameters], { env: { ...process.env, KUBECONFIG: kubeconfig } });
      child.stderr.resume();
      for await (const line of createInterface({ input: child.stdout })) {
        if (!line.includes('127.0.0.1')) continue;
        child.stdout.resume();
        return { close: () => void child.kill() };
      }
      throw new Error(`kubectl ${parameters.join(' ')} ended`);
    },
    load: async (image) => void (await run(['load', '--dir', folder, image])),
    down: async () => void (await run(['down', '--dir', folder])),
  };
};

export const startMachine = async (folder: string): Promise<Machine> => {
  await run(['up', '--dir', folder]);
  return runningMachine(folder);
};
