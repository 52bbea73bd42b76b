import { isDeepStrictEqual } from 'node:util';
import { messageOf } from '@legendops/kit/errors/message-of';
import { invalidValue, requiredValue, unsupportedValue, type FieldError } from '../object/api-error.ts';
import { isObject, objectAt, type JsonObject, type KubeObject, textOf } from '../object/kube-object.ts';
import { readCronExpression } from './cron-expression.ts';
import type { KindRules } from './kind.ts';
import { defaultPodSpec, podSpecErrors } from './pod-template.ts';

const specOf = (object: KubeObject): JsonObject => {
  if (!isObject(object.spec)) object.spec = {};
  return object.spec as JsonObject;
};

const ensure = (parent: JsonObject, field: string): JsonObject => {
  if (!isObject(parent[field])) parent[field] = {};
  return parent[field] as JsonObject;
};

const templateSpec = (jobSpec: JsonObject): JsonObject => ensure(ensure(jobSpec, 'template'), 'spec');

const negative = (spec: JsonObject, path: string, fields: readonly string[]): FieldError[] =>
  fields
    .filter((field) => typeof spec[field] === 'number' && spec[field] < 0)
    .map((field) => invalidValue(`${path}.${field}`, spec[field], 'must be greater than or equal to 0'));

const restartPolicyErrors = (pod: JsonObject, path: string): FieldError[] =>
  pod.restartPolicy === 'OnFailure' || pod.restartPolicy === 'Never'
    ? []
    : [requiredValue(`${path}.restartPolicy`, 'valid values: "OnFailure", "Never"')];

const jobSpecErrors = (spec: JsonObject, path: string): FieldError[] => {
  const pod = objectAt(spec, 'template', 'spec');
  const policy = objectAt(spec, 'podFailurePolicy');
  return [
    ...negative(spec, path, [
      'parallelism',
      'completions',
      'activeDeadlineSeconds',
      'backoffLimit',
      'ttlSecondsAfterFinished',
    ]),
    ...podSpecErrors(pod, `${path}.template.spec`).filter(({ field }) => !field.endsWith('.restartPolicy')),
    ...restartPolicyErrors(pod, `${path}.template.spec`),
    ...(Object.keys(policy).length > 0 && pod.restartPolicy !== 'Never'
      ? [
          invalidValue(
            `${path}.template.spec.restartPolicy`,
            pod.restartPolicy,
            'only "Never" is supported when podFailurePolicy is specified',
          ),
        ]
      : []),
  ];
};

const defaultJobSpec = (spec: JsonObject): void => {
  defaultPodSpec(templateSpec(spec), { restartPolicy: undefined });
};

export const jobRules: KindRules = {
  defaults: (job) => {
    const spec = specOf(job);
    spec.completions ??= 1;
    spec.parallelism ??= 1;
    spec.backoffLimit ??= 6;
    spec.completionMode ??= 'NonIndexed';
    spec.suspend ??= false;
    spec.podReplacementPolicy ??= spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed';
    defaultJobSpec(spec);
  },
  onCreate: (job) => {
    const spec = specOf(job);
    const uid = job.metadata.uid ?? '';
    const labels = {
      'batch.kubernetes.io/controller-uid': uid,
      'batch.kubernetes.io/job-name': job.metadata.name,
      'controller-uid': uid,
      'job-name': job.metadata.name,
    };
    spec.selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } };
    const metadata = ensure(ensure(spec, 'template'), 'metadata');
    metadata.labels = { ...objectAt(metadata, 'labels'), ...labels };
    job.metadata.labels = { ...labels, ...job.metadata.labels };
    spec.manualSelector ??= false;
    job.status = {};
  },
  validate: (job, live) => {
    const spec = specOf(job);
    const immutable = live
      ? ['completions', 'selector', 'completionMode', 'podFailurePolicy'].filter(
          (field) => !isDeepStrictEqual(objectAt(live, 'spec')[field], spec[field]),
        )
      : [];
    const podSpec = (object: KubeObject): JsonObject => objectAt(object, 'spec', 'template', 'spec');
    const isOtherPod = live !== undefined && !isDeepStrictEqual(podSpec(live), podSpec(job));
    return [
      ...jobSpecErrors(spec, 'spec'),
      ...(isOtherPod
        ? [invalidValue('spec.template.spec', objectAt(spec, 'template', 'spec'), 'field is immutable')]
        : []),
      ...immutable.map((field) => invalidValue(`spec.${field}`, spec[field], 'field is immutable')),
    ];
  },
};

const concurrencyPolicies = ['Allow', 'Forbid', 'Replace'];

const scheduleErrors = (schedule: unknown): FieldError[] => {
  const text = typeof schedule === 'string' ? schedule : '';
  if (text === '') return [requiredValue('spec.schedule')];
  const invalid = (message: string): FieldError[] => [invalidValue('spec.schedule', text, message)];
  if (text.includes('TZ')) return invalid('cannot use TZ or CRON_TZ in schedule, use timeZone field instead');
  try {
    readCronExpression(text);
    return [];
  } catch (error) {
    return invalid(messageOf(error));
  }
};

const isKnownTimeZone = (name: string): boolean => {
  // Offsets are time zones to Intl; to the API server only names of the database are.
  if (/^[+-]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
};

const timeZoneErrors = (timeZone: unknown): FieldError[] => {
  if (timeZone === undefined) return [];
  const name = textOf(timeZone);
  const invalid = (message: string): FieldError[] => [invalidValue('spec.timeZone', timeZone, message)];
  if (name === '') return invalid('timeZone must be nil or non-empty string');
  if (name === 'Local')
    return invalid('timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones');
  return isKnownTimeZone(name) ? [] : invalid(`unknown time zone ${name}`);
};

export const cronJobRules: KindRules = {
  defaults: (cronJob) => {
    const spec = specOf(cronJob);
    spec.concurrencyPolicy ??= 'Allow';
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
    const jobSpec = ensure(ensure(spec, 'jobTemplate'), 'spec');
    defaultJobSpec(jobSpec);
  },
  onCreate: (cronJob) => {
    cronJob.status = {};
  },
  validate: (cronJob) => {
    const spec = specOf(cronJob);
    return [
      ...scheduleErrors(spec.schedule),
      ...(concurrencyPolicies.includes(String(spec.concurrencyPolicy))
        ? []
        : [unsupportedValue('spec.concurrencyPolicy', spec.concurrencyPolicy, concurrencyPolicies)]),
      ...negative(spec, 'spec', ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit']),
      ...timeZoneErrors(spec.timeZone),
      ...jobSpecErrors(objectAt(spec, 'jobTemplate', 'spec'), 'spec.jobTemplate.spec'),
      // Room for the minute that is added to the names of its Jobs.
      ...(cronJob.metadata.name.length > 52
        ? [invalidValue('metadata.name', cronJob.metadata.name, 'must be no more than 52 characters')]
        : []),
    ];
  },
};
