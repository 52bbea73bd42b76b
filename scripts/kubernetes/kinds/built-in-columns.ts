import { isObject, listAt, objectAt, type KubeObject, textOf } from '../object/kube-object.ts';
import { ageOf, humanDuration } from './ages.ts';
import type { Column } from './kind.ts';

const column = (name: string, cell: Column['cell'], more: Partial<Column> = {}): Column => ({
  name,
  type: 'string',
  cell,
  ...more,
});
const wide = { priority: 1 };

const nameColumn = column('Name', ({ metadata }) => metadata.name, { format: 'name' });
const ageColumn = column('Age', ({ metadata }, now) => ageOf(metadata.creationTimestamp, now));
const createdColumn = column('Created At', ({ metadata }) => metadata.creationTimestamp, { type: 'date' });

const text =
  (...path: string[]): Column['cell'] =>
  (object) => {
    const value = objectAt(object, ...path.slice(0, -1))[path.at(-1) ?? ''];
    return value === undefined || value === '' ? '<none>' : value;
  };

const sizeOf = (value: unknown): number => (isObject(value) ? Object.keys(value).length : 0);

const pairs = (value: unknown): string =>
  isObject(value) && sizeOf(value) > 0
    ? Object.entries(value)
        .map(([key, item]) => `${key}=${String(item)}`)
        .join(',')
    : '<none>';

const containersOf = (...path: string[]): Column[] => [
  column(
    'Containers',
    (object) =>
      listAt(object, ...path)
        .map((item) => objectAt(item).name)
        .join(','),
    wide,
  ),
  column(
    'Images',
    (object) =>
      listAt(object, ...path)
        .map((item) => objectAt(item).image)
        .join(','),
    wide,
  ),
];

const conditionOf = (object: KubeObject, type: string) =>
  objectAt(
    listAt(object, 'status', 'conditions').find(
      (item) => objectAt(item).type === type && objectAt(item).status === 'True',
    ),
  );

const jobStatus = (job: KubeObject): string => {
  if (conditionOf(job, 'Complete').type !== undefined) return 'Complete';
  if (conditionOf(job, 'Failed').type !== undefined) return 'Failed';
  if (job.metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (conditionOf(job, 'Suspended').type !== undefined) return 'Suspended';
  return 'Running';
};

const jobDuration = (job: KubeObject, now: Date): string => {
  const { startTime, completionTime } = objectAt(job, 'status');
  if (typeof startTime !== 'string') return '';
  const end = typeof completionTime === 'string' ? Date.parse(completionTime) : now.getTime();
  return humanDuration(end - Date.parse(startTime));
};

const containerReason = (pod: KubeObject): unknown => {
  for (const status of listAt(pod, 'status', 'containerStatuses')) {
    const { waiting, terminated } = objectAt(status, 'state');
    const reason = objectAt(waiting).reason ?? objectAt(terminated).reason;
    if (reason !== undefined) return reason;
  }
  return undefined;
};

const podStatus = (pod: KubeObject): unknown => {
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating';
  const { phase, reason } = objectAt(pod, 'status');
  return containerReason(pod) ?? reason ?? phase;
};

const podColumns = [
  column('Ready', (pod) => {
    const ready = listAt(pod, 'status', 'containerStatuses').filter((item) => objectAt(item).ready === true).length;
    return `${ready}/${listAt(pod, 'spec', 'containers').length}`;
  }),
  column('Status', podStatus),
  column('Restarts', (pod) =>
    String(
      listAt(pod, 'status', 'containerStatuses').reduce<number>(
        (sum, item) => sum + Number(objectAt(item).restartCount ?? 0),
        0,
      ),
    ),
  ),
  ageColumn,
  column('IP', text('status', 'podIP'), wide),
  column('Node', text('spec', 'nodeName'), wide),
  column('Nominated Node', text('status', 'nominatedNodeName'), wide),
  column('Readiness Gates', () => '<none>', wide),
];

const objectOf = (event: KubeObject): string => {
  const { kind, name } = objectAt(event, event.involvedObject === undefined ? 'regarding' : 'involvedObject');
  return `${textOf(kind).toLowerCase()}/${textOf(name)}`;
};

const eventColumns = [
  column('Last Seen', (event, now) =>
    ageOf(event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp, now),
  ),
  column('Type', text('type')),
  column('Reason', text('reason')),
  column('Object', objectOf),
  column('Subobject', (event) => objectAt(event, 'involvedObject').fieldPath ?? '', wide),
  column('Source', (event) => objectAt(event, 'source').component ?? event.reportingController ?? '', wide),
  column('Message', (event) => textOf(event.message ?? event.note).trim()),
  column(
    'First Seen',
    (event, now) => ageOf(event.firstTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp, now),
    wide,
  ),
  column('Count', (event) => textOf(event.count ?? event.deprecatedCount, '1'), wide),
  { ...nameColumn, ...wide },
];

const quotaPart = (isLimit: boolean) => (quota: KubeObject) =>
  Object.entries(objectAt(quota, 'status', 'hard'))
    .filter(([name]) => name.startsWith('limits.') === isLimit)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, hard]) => `${name}: ${textOf(objectAt(quota, 'status', 'used')[name], '0')}/${String(hard)}`)
    .join(', ');

const subjects = (kind: string) => (binding: KubeObject) =>
  listAt(binding, 'subjects')
    .map((subject) => objectAt(subject))
    .filter((subject) => subject.kind === kind)
    .map(({ namespace, name }) => (kind === 'ServiceAccount' ? `${String(namespace)}/${String(name)}` : String(name)))
    .join(', ');

const bindingColumns = [
  column(
    'Role',
    (binding) => `${String(objectAt(binding, 'roleRef').kind)}/${String(objectAt(binding, 'roleRef').name)}`,
  ),
  ageColumn,
  column('Users', subjects('User'), wide),
  column('Groups', subjects('Group'), wide),
  column('ServiceAccounts', subjects('ServiceAccount'), wide),
];

const portsOf = (service: KubeObject): string =>
  listAt(service, 'spec', 'ports')
    .map((port) => `${String(objectAt(port).port)}/${String(objectAt(port).protocol)}`)
    .join(',') || '<none>';

const lastSchedule = (cronJob: KubeObject, now: Date): string => {
  const { lastScheduleTime } = objectAt(cronJob, 'status');
  return typeof lastScheduleTime === 'string' ? ageOf(lastScheduleTime, now) : '<none>';
};

/** By plural name; kinds that are not listed show name and age. */
const columns: Readonly<Record<string, readonly Column[]>> = {
  namespaces: [column('Status', text('status', 'phase')), ageColumn],
  secrets: [column('Type', text('type')), column('Data', ({ data }) => sizeOf(data)), ageColumn],
  configmaps: [column('Data', ({ data, binaryData }) => sizeOf(data) + sizeOf(binaryData)), ageColumn],
  pods: podColumns,
  resourcequotas: [column('Request', quotaPart(false)), column('Limit', quotaPart(true)), ageColumn],
  limitranges: [createdColumn],
  roles: [createdColumn],
  clusterroles: [createdColumn],
  customresourcedefinitions: [createdColumn],
  services: [
    column('Type', text('spec', 'type')),
    column('Cluster-IP', text('spec', 'clusterIP')),
    column('External-IP', () => '<none>'),
    column('Port(s)', portsOf),
    ageColumn,
    column('Selector', (service) => pairs(objectAt(service, 'spec').selector), wide),
  ],
  endpoints: [column('Endpoints', () => '<none>'), ageColumn],
  jobs: [
    column('Status', jobStatus),
    column(
      'Completions',
      (job) => `${textOf(objectAt(job, 'status').succeeded, '0')}/${textOf(objectAt(job, 'spec').completions, '1')}`,
    ),
    column('Duration', jobDuration),
    ageColumn,
    ...containersOf('spec', 'template', 'spec', 'containers'),
    column('Selector', (job) => pairs(objectAt(job, 'spec', 'selector').matchLabels), wide),
  ],
  cronjobs: [
    column('Schedule', text('spec', 'schedule')),
    column('Timezone', text('spec', 'timeZone')),
    // As Go prints it: kubectl shows the text of the cell.
    column('Suspend', (cronJob) => (objectAt(cronJob, 'spec').suspend === true ? 'True' : 'False'), {
      type: 'boolean',
    }),
    column('Active', (cronJob) => listAt(cronJob, 'status', 'active').length, { type: 'integer' }),
    column('Last Schedule', lastSchedule),
    ageColumn,
    ...containersOf('spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers'),
    column('Selector', () => '<none>', wide),
  ],
  networkpolicies: [
    column('Pod-Selector', (policy) => pairs(objectAt(policy, 'spec', 'podSelector').matchLabels)),
    ageColumn,
  ],
  rolebindings: bindingColumns,
  clusterrolebindings: bindingColumns,
  leases: [column('Holder', (lease) => objectAt(lease, 'spec').holderIdentity ?? ''), ageColumn],
};

/** The kinds with columns of their own, by plural name. */
export const pluralsWithColumns = [...Object.keys(columns), 'events'];

export const builtInColumns = (plural: string): readonly Column[] =>
  plural === 'events' ? eventColumns : [nameColumn, ...(columns[plural] ?? [ageColumn])];
