import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { images } from '../../infra/deliver/chart-values.ts';
import { environments } from '../../infra/rules/resource.ts';
import {
  environmentsIn,
  parseWorkflow,
  waitsFor,
  workflowFindings,
  type Workflow,
  type WorkflowFile,
} from './workflow-findings.ts';

const root = join(import.meta.dirname, '../..');
const fileOf = (name: string, text: string): WorkflowFile => ({ name, text, workflow: parseWorkflow(parse(text)) });
const files = globSync('.github/workflows/*.yml', { cwd: root })
  .toSorted()
  .map((path) => fileOf(basename(path), readFileSync(join(root, path), 'utf8')));
const workflowOf = (name: string): Workflow => {
  const found = files.find((file) => file.name === `${name}.yml`);
  if (found === undefined) throw new Error(`There is no workflow ${name}`);
  return found.workflow;
};
const stepsOf = (name: string, job: string) => workflowOf(name).jobs[job]?.steps ?? [];

it('finds every workflow', () => {
  expect(files.map(({ name }) => name)).toEqual([
    'ci.yml',
    'deploy.yml',
    'gate.yml',
    'idle.yml',
    'images.yml',
    'nightly.yml',
    'release.yml',
  ]);
});

it.each(files)('$name has nothing that a workflow must not have', (file) => {
  expect(workflowFindings(file)).toEqual([]);
});

describe('a workflow is refused', () => {
  const good = `
on: {push: {branches: [main]}}
permissions: {}
jobs:
  gate:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {contents: read}
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with: {persist-credentials: false}
      - run: echo done
`;
  it('never while it is right', () => {
    expect(workflowFindings(fileOf('good.yml', good))).toEqual([]);
  });

  const written = '{persist-credentials: false}';
  const pin = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0';
  it.each([
    ['an action by its tag', pin, 'actions/checkout@v5', 'is not pinned by a commit id'],
    ['an action by part of a commit id', pin, 'actions/checkout@08c6903 # v5.0.0', 'is not pinned by a commit id'],
    ['a pin whose version nobody wrote', ' # v5.0.0', '', 'does not say which version that is'],
    ['a workflow of others', 'steps:', 'uses: other/repository/.github/workflows/x.yml@main\n    steps:', 'of others'],
    ['rights of all jobs', 'permissions: {}', 'permissions: {contents: read}', 'a job may more than it says'],
    ['no word of rights', 'permissions: {}\n', '', 'a job may more than it says'],
    ['a job without its rights', '    permissions: {contents: read}\n', '', 'does not say its permissions'],
    ['a job that may push', '{contents: read}', '{contents: write}', 'may write contents'],
    ['a sign-in outside of environments', '{contents: read}', '{id-token: write}', 'signs in without an environment'],
    ['an expression in a run line', 'echo done', 'echo ${{ github.head_ref }}', 'puts an expression into a run line'],
    ['a secret', written, '{persist-credentials: false, token: "${{ secrets.TOKEN }}"}', 'uses a secret'],
    ['a token left behind', written, '{persist-credentials: true}', 'leaves its token in the checkout'],
    ['no end', '    timeout-minutes: 5\n', '', 'may run for ever'],
    ['rights for strangers', 'push: {branches: [main]}', 'pull_request_target: {}', 'what strangers wrote'],
    ['an order that is not there', 'runs-on:', 'needs: [tests]\n    runs-on:', 'needs tests, which is not there'],
    ['a registry by name', 'echo done', 'docker push somewhere.azurecr.io/x', 'parameters name it'],
  ])('for %s', (_what, from, to, said) => {
    expect(good).toContain(from);
    expect(workflowFindings(fileOf('bad.yml', good.replace(from, to))).join('\n')).toContain(said);
  });
});

describe('a release', () => {
  const release = workflowOf('release');

  it('goes through tests, images and charts into one environment after the other', () => {
    expect([...waitsFor(release, 'images')].toSorted()).toEqual(['gate', 'version']);
    expect([...waitsFor(release, 'dev')].toSorted()).toEqual(['charts', 'gate', 'images', 'version']);
    expect(waitsFor(release, 'staging')).toContain('dev');
    expect([...waitsFor(release, 'prod')]).toEqual(expect.arrayContaining(['staging', 'dev', 'images', 'gate']));
  });

  it('names the environments of infra, each with one for looking, one to let dev sleep, and no other', () => {
    const wanted = ['dev-idle', ...environments.flatMap((name) => [name, `${name}-plan`])];
    expect(environmentsIn(files).toSorted()).toEqual(wanted.toSorted());
    for (const file of files.filter(({ name }) => name !== 'deploy.yml' && name !== 'idle.yml'))
      expect(JSON.stringify(file.workflow)).not.toContain('azure/login');
  });

  it('shows what would change before anybody is asked, with rights that change nothing', () => {
    const { jobs } = workflowOf('deploy');
    expect(jobs.deploy?.needs).toBe('plan');
    expect(jobs.plan?.environment).toBe('${{ inputs.environment }}-plan');
    const lines = stepsOf('deploy', 'plan').flatMap(({ run }) => run ?? []);
    expect(lines.filter((line) => /deployment sub create|helm|deliver\.ts/.test(line))).toEqual([]);
    expect(lines.join('\n')).toContain('infra:check');
    expect(lines.join('\n')).toContain('--validation-level ProviderNoRbac');
  });

  it('changes Azure first, then pushes and signs, then installs', () => {
    const lines = stepsOf('deploy', 'deploy').flatMap(({ run }) => run ?? []);
    const at = (word: string): number => lines.findIndex((line) => line.includes(word));
    const places = ['deployment sub create', 'write-values', 'deliver.ts push', 'deliver.ts install'].map(at);
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('runs in one environment once at a time, and is never broken off', () => {
    expect(workflowOf('deploy').concurrency).toEqual({
      group: 'deploy-${{ inputs.environment }}',
      'cancel-in-progress': false,
    });
  });
});

describe('images', () => {
  const { strategy } = workflowOf('images').jobs.image as unknown as {
    strategy: { matrix: { include: { image: string; file: string; part: string }[] } };
  };

  it('are all that the chart installs, each of a part that is there', () => {
    const built = strategy.matrix.include.map(({ image }) => image).filter((image) => image !== 'surroundings');
    expect(built.toSorted()).toEqual(Object.values(images).toSorted());
    for (const { file, part } of strategy.matrix.include)
      expect(globSync([file, `${part}/package.json`], { cwd: root })).toHaveLength(2);
  });

  it('are scanned before anybody can have them, and carry what they are made of', () => {
    const steps = stepsOf('images', 'image').map(({ uses, run }) => uses ?? run ?? '');
    const at = (word: string): number => steps.findIndex((step) => step.includes(word));
    expect(at('--sbom=true --provenance=mode=max')).toBeGreaterThan(-1);
    expect(at('anchore/scan-action')).toBeGreaterThan(at('--sbom=true'));
    expect(at('upload-artifact')).toBeGreaterThan(at('anchore/scan-action'));
    const scan = stepsOf('images', 'image').find(({ uses }) => uses?.startsWith('anchore/scan-action'));
    expect(scan?.with).toMatchObject({ 'fail-build': true, 'severity-cutoff': 'high' });
  });
});
