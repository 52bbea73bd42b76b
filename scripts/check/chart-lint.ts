import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { toolsFolder } from '../kubernetes/testing/control-plane.ts';

// Its charts are other people's, which are there only where somebody has packaged them.
const ofOthers = new Set(['monitoring']);

const helm = (): [program: string, ...parameters: string[]] | undefined => {
  if (toolsFolder !== undefined) return [join(toolsFolder, 'kube/kube'), 'helm'];
  return spawnSync('helm', ['version', '--short']).status === 0 ? ['helm'] : undefined;
};

/** Files of values that are installed together: one an environment, those of kind on top of a developer's. */
const valuesOf = (chart: string): string[][] => {
  const files = readdirSync(chart).filter((name) => /^values-.+\.yaml$/.test(name));
  const environments = files.filter((name) => name !== 'values-kind.yaml').map((name) => [name]);
  const base = environments.length > 0 ? ['values-local.yaml'] : [];
  return [
    ...(environments.length > 0 ? environments : [[]]),
    ...(files.includes('values-kind.yaml') ? [[...base, 'values-kind.yaml']] : []),
  ];
};

/** What `helm lint --strict` finds in each chart of ours with each of its values; undefined where there is no Helm. */
export const chartFindings = (root: string): string[] | undefined => {
  const program = helm();
  if (program === undefined) return undefined;
  const [command, ...first] = program;
  const charts = join(root, 'charts');
  const names = readdirSync(charts).filter(
    (name) => !ofOthers.has(name) && existsSync(join(charts, name, 'Chart.yaml')),
  );
  return names.flatMap((name) =>
    valuesOf(join(charts, name)).flatMap((values) => {
      const chosen = values.flatMap((file) => ['-f', join(charts, name, file)]);
      const namespace = name === 'legendops-surroundings' ? name : 'legendops';
      const lint = [...first, 'lint', '--strict', join(charts, name), '--namespace', namespace, ...chosen];
      const { status, stdout, stderr } = spawnSync(command, lint, { encoding: 'utf8' });
      return status === 0 ? [] : [`${[name, ...values].join(' ')}: ${`${stdout}${stderr}`.trim()}`];
    }),
  );
};
