import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { look, report, tools } from './tools.ts';

const usage = `npm run kind -- [options]
  LegendOps on a Kubernetes of this machine: makes the cluster of kind.yaml, builds the images and installs the charts by
  Skaffold, and makes three example providers. What is there already is kept; run it again after a failure.

  --no-seed   without the example providers
  --delete    removes the cluster, and all that is in it
  --help
`;

const root = join(import.meta.dirname, '../..');
const cluster = 'legendops';
const context = `kind-${cluster}`;
const surroundings = 'legendops-surroundings';

const { values } = parseArgs({
  options: {
    'no-seed': { type: 'boolean', default: false },
    delete: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const write = (text: string): void => void process.stdout.write(text);

/** A step that failed, with the one thing to do next. */
class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

interface Step {
  /** What to do when it fails. */
  otherwise: string;
  input?: string;
}

/** Runs a program where a person sees what it says. */
const run = (command: string, parameters: readonly string[], { otherwise, input }: Step): void => {
  const done = spawnSync(command, parameters, {
    cwd: root,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'inherit', 'inherit'],
    ...(input !== undefined && { input }),
  });
  if (done.status !== 0) throw new StepFailed(`${command} ${parameters[0]} failed: ${otherwise}`);
};

const kubectl = (parameters: readonly string[], step: Step): void =>
  run('kubectl', ['--context', context, ...parameters], step);

const clusters = (): string[] => spawnSync('kind', ['get', 'clusters'], { encoding: 'utf8' }).stdout.split('\n');

const namespace = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: surroundings, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
});

const makeCluster = (): void => {
  write('\n1. The cluster\n');
  if (clusters().includes(cluster)) write(`  ${cluster} is there already\n`);
  else
    run('kind', ['create', 'cluster', '--config', 'kind.yaml', '--wait', '3m'], {
      otherwise: 'where a port is taken, end the program that listens there, or npm start; then run this again',
    });
  kubectl(['apply', '-f', '-'], {
    input: namespace,
    otherwise: 'the cluster does not answer: npm run kind -- --delete, then run this again',
  });
};

const install = (): void => {
  write('\n2. Images and charts\n');
  run('skaffold', ['run'], {
    otherwise: `kubectl --context ${context} get pods -A shows which pod is not ready; run this again after mending it`,
  });
};

const seed = (): void => {
  write('\n3. Example providers\n');
  const inNamespace = ['-n', surroundings];
  const otherwise = `kubectl --context ${context} -n ${surroundings} logs job/seed says why; run this again, it goes on where it ended`;
  kubectl([...inNamespace, 'delete', 'job', 'seed', '--ignore-not-found'], { otherwise });
  kubectl([...inNamespace, 'create', 'job', 'seed', '--from=cronjob/seed'], { otherwise });
  // Until its pod ends, whatever the end is.
  kubectl([...inNamespace, 'logs', '--follow', 'job/seed', '--pod-running-timeout=2m'], { otherwise });
  kubectl([...inNamespace, 'wait', '--for=condition=Complete', 'job/seed', '--timeout=30s'], { otherwise });
};

const addresses = `
  Portal               http://localhost:8080
  Mailbox              http://localhost:8025
  QuickBooks (local)   http://localhost:8091
  kubectl              kubectl --context ${context} get tenants

  Work on services:    skaffold dev --cleanup=false          (with debuggers: -p debug)
  Remove all of it:    npm run kind -- --delete
`;

const main = (): void => {
  if (values.help) return write(usage);
  write('\nLegendOps on a cluster of this machine\n\n');
  const wanted = values.delete ? tools.filter(({ name }) => name === 'docker' || name === 'kind') : tools;
  const findings = wanted.map(look);
  write(report(findings));
  if (findings.some(({ problem }) => problem !== undefined))
    throw new StepFailed('Nothing was done. Mend what is marked, then run this again.');
  if (values.delete)
    return run('kind', ['delete', 'cluster', '--name', cluster], { otherwise: 'docker ps shows what is left of it' });
  makeCluster();
  install();
  if (!values['no-seed']) seed();
  return write(addresses);
};

try {
  main();
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
