import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { environments, isEnvironment } from '../rules/resource.ts';
import type { ChartValues, ForCharts } from './chart-values.ts';
import { installCommands, pushCommands, type Command } from './delivery-commands.ts';

const usage = `Usage: node infra/deliver/deliver.ts push    --values FILE --from FOLDER --version X.Y.Z
       node infra/deliver/deliver.ts install --outputs FILE --values FILE --environment ${environments.join('|')} --version X.Y.Z

push:    images and charts of FOLDER into the environment's registry, images signed and verified by digest.
install: the charts of that registry into the environment's cluster, then their own tests.
Both need the environment's network, and az, skopeo, cosign, helm and kubelogin; both may be run again: what is there stays.

  --dry-run  prints the commands and runs none
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean' },
    'dry-run': { type: 'boolean', default: false },
    values: { type: 'string' },
    outputs: { type: 'string' },
    from: { type: 'string' },
    environment: { type: 'string' },
    version: { type: 'string' },
  },
});

const given = (name: 'values' | 'outputs' | 'from' | 'environment' | 'version'): string => {
  const value = values[name];
  if (value === undefined) throw new Error(`--${name} is missing\n\n${usage}`);
  return value;
};
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const wanted = (): { registry: string; commands: Command[] } => {
  const chart = json(given('values')) as ChartValues;
  const { registry } = chart.images;
  const version = given('version');
  if (positionals[0] === 'push') {
    const repository = process.env.GITHUB_REPOSITORY;
    if (!repository) throw new Error('GITHUB_REPOSITORY is not set: a signature is of the workflow of a repository');
    return { registry, commands: pushCommands({ values: chart, folder: given('from'), version, repository }) };
  }
  if (positionals[0] !== 'install') throw new Error(usage);
  const environment = given('environment');
  if (!isEnvironment(environment))
    throw new Error(`There is no environment ${environment}: ${environments.join(', ')} are there`);
  const { forCharts } = json(given('outputs')) as { forCharts: { value: ForCharts } };
  const { cluster } = forCharts.value;
  return {
    registry,
    commands: installCommands({ registry, cluster, environment, version, valuesPath: given('values') }),
  };
};

const run = ({ program, parameters }: Command, input?: string): void => {
  const stdin = input === undefined ? 'ignore' : 'pipe';
  const done = spawnSync(program, parameters, { stdio: [stdin, 'inherit', 'inherit'], ...(input && { input }) });
  if (done.error) throw new Error(`${program} did not run: ${done.error.message}. Install it on the runner`);
  if (done.status !== 0) throw new Error(`${program} ${parameters[0]} ended with ${done.status}; run the same again`);
};

const registryToken = (registry: string): string => {
  const [name = ''] = registry.split('.');
  const query = ['acr', 'login', '--name', name, '--expose-token', '--query', 'accessToken', '--output', 'tsv'];
  const done = spawnSync('az', query, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (done.status !== 0) throw new Error(`az gave no token for ${registry}: may this identity push there?`);
  return done.stdout.trim();
};

try {
  if (values.help) process.stdout.write(usage);
  else {
    const { registry, commands } = wanted();
    let token: string | undefined;
    for (const [index, command] of commands.entries()) {
      process.stdout.write(`[${index + 1}/${commands.length}] ${command.program} ${command.parameters.join(' ')}\n`);
      if (values['dry-run']) continue;
      if (command.stdin) token ??= registryToken(registry);
      run(command, command.stdin && token);
    }
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
