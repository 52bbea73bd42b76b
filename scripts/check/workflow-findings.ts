import { z } from 'zod';

const Step = z.looseObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: z.record(z.string(), z.unknown()).optional(),
});
const Permissions = z.record(z.string(), z.enum(['read', 'write', 'none']));
const Job = z.looseObject({
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  environment: z.union([z.string(), z.looseObject({ name: z.string() })]).optional(),
  permissions: Permissions.optional(),
  'timeout-minutes': z.number().optional(),
  steps: z.array(Step).optional(),
});
const Workflow = z.looseObject({
  on: z.record(z.string(), z.unknown()),
  permissions: Permissions.optional(),
  jobs: z.record(z.string(), Job),
});

export type Workflow = z.infer<typeof Workflow>;
type Job = z.infer<typeof Job>;

/** The text of a workflow file, parsed, with the comments beside what it uses. */
export interface WorkflowFile {
  name: string;
  workflow: Workflow;
  text: string;
}

export const parseWorkflow = (value: unknown): Workflow => Workflow.parse(value);

/** An action of somebody else: by its whole commit id, and the version that it is in a comment. */
const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
const versionBeside = /uses: (\S+@[0-9a-f]{40}) # v\d+\.\d+\.\d+$/gm;

const needsOf = ({ needs = [] }: Job): string[] => [needs].flat();
const isMoreThanReading = (permissions: Record<string, string> = {}): boolean =>
  Object.values(permissions).includes('write');
const environmentOf = ({ environment }: Job): string | undefined =>
  typeof environment === 'object' ? environment.name : environment;

const pins = ({ workflow, text }: WorkflowFile): string[] => {
  const named = new Set([...text.matchAll(versionBeside)].map(([, action = '']) => action));
  return Object.values(workflow.jobs).flatMap(({ uses, steps = [] }) => {
    const actions = steps.flatMap((step) => step.uses ?? []);
    return [
      ...actions.filter((action) => !pinned.test(action)).map((action) => `${action} is not pinned by a commit id`),
      ...actions
        .filter((action) => pinned.test(action) && !named.has(action))
        .map((action) => `${action} does not say which version that is`),
      ...(uses === undefined || uses.startsWith('./.github/workflows/') ? [] : [`${uses} is a workflow of others`]),
    ];
  });
};

const permissions = ({ workflow }: WorkflowFile): string[] => [
  ...(Object.keys(workflow.permissions ?? { all: '' }).length === 0
    ? []
    : ['a job may more than it says: permissions']),
  ...Object.entries(workflow.jobs).flatMap(([name, job]) => {
    if (job.permissions === undefined) return [`${name} does not say its permissions`];
    const writes = Object.entries(job.permissions).filter(([, how]) => how === 'write');
    const strange = writes.filter(([what]) => what !== 'id-token').map(([what]) => `${name} may write ${what}`);
    // Whoever gets a token of ours for Azure does so for an environment, whose name is in the token.
    const loose =
      isMoreThanReading(job.permissions) && environmentOf(job) === undefined && job.uses === undefined
        ? [`${name} signs in without an environment`]
        : [];
    return [...strange, ...loose];
  }),
];

const steps = ({ workflow }: WorkflowFile): string[] =>
  Object.entries(workflow.jobs).flatMap(([name, job]) => [
    ...(job.steps && job['timeout-minutes'] === undefined ? [`${name} may run for ever`] : []),
    ...(job.steps ?? []).flatMap((step) => [
      // What an expression puts into a line is run as it is; a variable of the environment is not.
      ...(step.run?.includes('${{') ? [`${name} puts an expression into a run line: ${step.name}`] : []),
      ...(JSON.stringify(step).includes('secrets.') ? [`${name} uses a secret: ${step.name ?? step.uses}`] : []),
      ...(step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false
        ? [`${name} leaves its token in the checkout`]
        : []),
    ]),
  ]);

const triggers = ({ workflow }: WorkflowFile): string[] =>
  ['pull_request_target', 'workflow_run', 'issue_comment']
    .filter((trigger) => trigger in workflow.on)
    .map((trigger) => `${trigger} runs with our rights what strangers wrote`);

const order = ({ workflow }: WorkflowFile): string[] =>
  Object.entries(workflow.jobs).flatMap(([name, job]) =>
    needsOf(job)
      .filter((need) => workflow.jobs[need] === undefined)
      .map((need) => `${name} needs ${need}, which is not there`),
  );

const addresses = ({ text }: WorkflowFile): string[] =>
  [...text.matchAll(/[\w.-]+\.(azurecr\.io|ghcr\.io|docker\.io|quay\.io|gcr\.io)|ghcr\.io|docker\.io/g)].map(
    ([address]) => `${address} is a registry: parameters name it`,
  );

/** Everything that must not be in a workflow, each by its file and job. */
export const workflowFindings = (file: WorkflowFile): string[] =>
  [pins, permissions, steps, triggers, order, addresses].flatMap((rule) =>
    rule(file).map((finding) => `${file.name}: ${finding}`),
  );

/** All that a job waits for, however far. */
export const waitsFor = ({ jobs }: Workflow, name: string, seen = new Set<string>()): Set<string> => {
  for (const need of needsOf(jobs[name] ?? {})) {
    if (seen.has(need)) continue;
    seen.add(need);
    waitsFor({ jobs } as Workflow, need, seen);
  }
  return seen;
};

/** The environments that jobs name, those of a called workflow with what its caller gives. */
export const environmentsIn = (files: readonly WorkflowFile[]): string[] =>
  files.flatMap(({ workflow }) =>
    Object.values(workflow.jobs).flatMap((job) => {
      const own = environmentOf(job);
      if (own !== undefined && !own.includes('${{')) return [own];
      const called = files.find(({ name }) => job.uses === `./.github/workflows/${name}`);
      const given = job.with?.environment;
      if (called === undefined || typeof given !== 'string') return [];
      return Object.values(called.workflow.jobs)
        .map(environmentOf)
        .flatMap((inner) => inner?.replace('${{ inputs.environment }}', given) ?? []);
    }),
  );
