import { spawnSync } from 'node:child_process';

/** A program of somebody else that the cluster of development needs. */
export interface Tool {
  name: string;
  /** What prints its version. */
  ask: string[];
  least: string;
  /** What to do where it is not there, or too old. */
  get: string;
  /** What a version that is too old, or absent, would break; said beside it. */
  why: string;
}

export const tools: readonly Tool[] = [
  {
    name: 'docker',
    ask: ['version', '--format', '{{.Server.Version}}'],
    least: '24.0',
    get: 'install Docker Engine or Docker Desktop, and start it',
    why: 'runs the node and builds the images',
  },
  {
    name: 'kind',
    ask: ['version'],
    least: '0.32',
    get: 'install kind (kind.sigs.k8s.io, quick start)',
    why: 'makes the cluster; the node image of kind.yaml was made for 0.32',
  },
  {
    name: 'kubectl',
    ask: ['version', '--client'],
    least: '1.35',
    get: 'install kubectl (kubernetes.io, install tools)',
    why: 'may be one minor version beside the cluster, which is 1.36',
  },
  {
    name: 'helm',
    ask: ['version', '--short'],
    least: '4.0',
    get: 'install Helm 4 (helm.sh, installing)',
    why: 'the charts are tested with Helm 4',
  },
  {
    name: 'skaffold',
    ask: ['version'],
    least: '2.19',
    get: 'install Skaffold (skaffold.dev, install); the npm package of that name is another program',
    why: 'knows Helm 4 since 2.19',
  },
];

export interface Finding {
  tool: Tool;
  version?: string;
  /** Why it will not do; absent where it will. */
  problem?: string;
}

const numbers = (version: string): number[] => version.split('.').map(Number);

const isAtLeast = (version: string, least: string): boolean => {
  const found = numbers(version);
  for (const [index, wanted] of numbers(least).entries()) {
    const part = found[index] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
};

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Asks the program of the PATH for its version. */
export const look = (tool: Tool): Finding => {
  const done = spawnSync(tool.name, tool.ask, { encoding: 'utf8', timeout: 30_000 });
  if (done.error && 'code' in done.error && done.error.code === 'ENOENT') return { tool, problem: 'is not there' };
  const [version] = /\d+\.\d+(\.\d+)?/.exec(done.stdout ?? '') ?? [];
  if (done.status !== 0 || version === undefined) {
    const said = lastLine(done.stderr ?? '') || lastLine(done.stdout ?? '') || (done.error?.message ?? 'nothing');
    return { tool, problem: `does not say its version, but: ${said}` };
  }
  return isAtLeast(version, tool.least) ? { tool, version } : { tool, version, problem: `is ${version}` };
};

const sentence = ({ tool, version, problem }: Finding): string =>
  problem === undefined
    ? `  ✓ ${tool.name.padEnd(10)}${version}`
    : `  ✗ ${tool.name.padEnd(10)}${problem}, ${tool.least} or later is needed (${tool.why})\n    ${' '.repeat(10)}${tool.get}`;

/** One line a tool, with what to do about each that will not do. */
export const report = (findings: readonly Finding[]): string => `${findings.map(sentence).join('\n')}\n`;
