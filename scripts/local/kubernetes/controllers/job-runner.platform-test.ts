import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { localCertificates, type LocalCertificates } from '../../certificates.ts';
import { clusterFrom, eventually, type Body, type Cluster } from '../contract/cluster.ts';
import { startKubernetes, type LocalKubernetes } from '../server.ts';

const directory = mkdtempSync(join(tmpdir(), 'legendops-jobs-'));
const jobsPath = '/apis/batch/v1/namespaces/default/jobs';
const cronJobsPath = '/apis/batch/v1/namespaces/default/cronjobs';
const podsOf = (job: string): string => `/api/v1/namespaces/default/pods?labelSelector=job-name%3D${job}`;

let tls: LocalCertificates;
let server: LocalKubernetes;
let cluster: Cluster;
let clock: Date | undefined;

const open = async (): Promise<void> => {
  server = await startKubernetes({
    tls,
    stateDirectory: join(directory, 'state'),
    firstRetryMs: 50,
    images: { 'script:local': { command: [process.execPath, '-e'], directory, environment: { FROM_IMAGE: 'yes' } } },
    now: () => clock ?? new Date(),
  });
  cluster = clusterFrom({
    kubeconfigPath: '',
    kubeconfig: server.kubeconfig,
    compact: async () => undefined,
    close: () => server.close(),
  });
};

beforeAll(async () => {
  tls = await localCertificates(join(directory, 'certificates'));
  await open();
});
afterEach(() => {
  clock = undefined;
});
afterAll(async () => {
  await cluster.close();
  await rm(directory, { recursive: true, force: true });
});

const aJob = (name: string, script: string, { spec = {}, container = {}, pod = {} } = {}): Body => ({
  metadata: { name },
  spec: {
    backoffLimit: 0,
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'job', image: 'script:local', args: [script], ...container }],
        ...pod,
      },
    },
    ...spec,
  },
});

const create = async (path: string, body: Body): Promise<Body> => {
  const answer = await cluster.request({ method: 'POST', path, body });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body;
};
const read = async (path: string): Promise<Body> => (await cluster.request({ path })).body;
const ended = async (name: string): Promise<Body> => {
  await eventually(async () => {
    const { conditions = [] } = (await read(`${jobsPath}/${name}`)).status ?? {};
    return conditions.some(({ type }: Body) => type === 'Complete' || type === 'Failed');
  }, `the Job ${name} ends`);
  const { status } = await read(`${jobsPath}/${name}`);
  return { ...status, ending: status.conditions.at(-1) };
};
const logOf = async (job: string, query = ''): Promise<string> => {
  const { items } = await read(podsOf(job));
  const path = `/api/v1/namespaces/default/pods/${items[0].metadata.name}/log${query}`;
  return (await cluster.request({ path, accept: '*/*' })).text;
};

it('runs a Job to its end and keeps what it wrote', async () => {
  await create(
    jobsPath,
    aJob('hello', 'console.log("out", process.env.FROM_IMAGE); console.error("err"); console.log("last")'),
  );
  const status = await ended('hello');
  expect(status).toMatchObject({ succeeded: 1, ready: 0, ending: { type: 'Complete', reason: 'CompletionsReached' } });
  expect(status.completionTime).toBeDefined();
  const log = await logOf('hello');
  expect(log.split('\n').filter(Boolean).sort()).toEqual(['err', 'last', 'out yes']);
  expect((await logOf('hello', '?tailLines=1')).split('\n').filter(Boolean).length).toBe(1);
  expect(await logOf('hello', '?timestamps=true')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z /);
  const { items } = await read(podsOf('hello'));
  expect(items[0].status).toMatchObject({
    phase: 'Succeeded',
    containerStatuses: [{ state: { terminated: { exitCode: 0, reason: 'Completed' } } }],
  });
});

it('tries again until the limit, then gives up', async () => {
  await create(jobsPath, aJob('flaky', 'process.exit(7)', { spec: { backoffLimit: 2 } }));
  expect(await ended('flaky')).toMatchObject({ failed: 3, ending: { type: 'Failed', reason: 'BackoffLimitExceeded' } });
  const { items } = await read(podsOf('flaky'));
  expect(items.map((pod: Body) => pod.status.containerStatuses[0].state.terminated.exitCode)).toEqual([7, 7, 7]);
});

it('does not try again where the policy says that it is of no use', async () => {
  const podFailurePolicy = {
    rules: [{ action: 'FailJob', onExitCodes: { containerName: 'job', operator: 'In', values: [2, 3] } }],
  };
  await create(jobsPath, aJob('hopeless', 'process.exit(3)', { spec: { backoffLimit: 5, podFailurePolicy } }));
  const { ending, failed } = await ended('hopeless');
  expect(failed).toBe(1);
  expect(ending.reason).toBe('PodFailurePolicy');
  expect(ending.message).toMatch(
    /^Container job for pod default\/hopeless-\w+ failed with exit code 3 matching FailJob rule at index 0$/,
  );
});

it('ends a Job that takes too long', async () => {
  await create(
    jobsPath,
    aJob('slow', 'setInterval(() => {}, 1000)', {
      spec: { activeDeadlineSeconds: 1, backoffLimit: 3 },
      pod: { terminationGracePeriodSeconds: 1 },
    }),
  );
  expect((await ended('slow')).ending).toMatchObject({ type: 'Failed', reason: 'DeadlineExceeded' });
  await eventually(async () => (await read(podsOf('slow'))).items.length === 0, 'its pod is gone');
});

it('gives secrets and tokens as files where the environment points', async () => {
  await create('/api/v1/namespaces/default/secrets', {
    metadata: { name: 'database' },
    stringData: { password: 'p w' },
  });
  const script = `
    const fs = require('node:fs');
    const path = process.env.DATABASE + '/password';
    console.log(JSON.stringify({ path, password: fs.readFileSync(path, 'utf8'), token: fs.readFileSync(process.env.TOKEN, 'utf8'),
      literal: process.env.LITERAL, inline: process.env.INLINE, pod: process.env.POD, outside: process.env.OUTSIDE }))`;
  const container = {
    env: [
      { name: 'DATABASE', value: '/var/run/legendops/database' },
      { name: 'TOKEN', value: '/var/run/legendops/token/token' },
      { name: 'OUTSIDE', value: '/var/run/legendops/databases' },
      { name: 'LITERAL', value: 'x' },
      { name: 'INLINE', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } },
      { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ],
    volumeMounts: [
      { name: 'database', mountPath: '/var/run/legendops/database' },
      { name: 'token', mountPath: '/var/run/legendops/token' },
    ],
  };
  const serviceAccountToken = { audience: 'legendops-billing', expirationSeconds: 3600, path: 'token' };
  const pod = {
    volumes: [
      { name: 'database', secret: { secretName: 'database' } },
      { name: 'token', projected: { sources: [{ serviceAccountToken }] } },
    ],
  };
  await create(jobsPath, aJob('files', script, { container, pod }));
  await ended('files');
  const seen = JSON.parse(await logOf('files'));
  const { items } = await read(podsOf('files'));
  expect(seen).toMatchObject({
    password: 'p w',
    literal: 'x',
    inline: 'p w',
    pod: items[0].metadata.name,
    outside: '/var/run/legendops/databases',
  });
  expect(statSync(seen.path).mode & 0o777).toBe(0o600);
  expect(readFileSync(seen.path, 'utf8')).toBe('p w');
  const { payload } = await jwtVerify(seen.token, createLocalJWKSet(server.jwks()), {
    issuer: server.issuer,
    audience: 'legendops-billing',
  });
  expect(payload.sub).toBe('system:serviceaccount:default:default');
  expect(payload['kubernetes.io']).toMatchObject({ namespace: 'default', pod: { name: items[0].metadata.name } });
});

it('waits for a secret that is not there yet', async () => {
  const pod = { volumes: [{ name: 'late', secret: { secretName: 'late' } }] };
  await create(jobsPath, aJob('patient', 'console.log(1)', { pod }));
  await eventually(
    async () =>
      (await read(podsOf('patient'))).items[0]?.status.containerStatuses?.[0].state.waiting?.reason ===
      'ContainerCreating',
    'the pod waits',
  );
  await create('/api/v1/namespaces/default/secrets', { metadata: { name: 'late' } });
  expect((await ended('patient')).succeeded).toBe(1);
});

it('leaves a pod of an unknown image waiting', async () => {
  await create(jobsPath, aJob('foreign', '', { container: { image: 'example.invalid/a:1' } }));
  await eventually(
    async () =>
      (await read(podsOf('foreign'))).items[0]?.status.containerStatuses?.[0].state.waiting?.reason === 'ErrImagePull',
    'the pod waits',
  );
  expect((await read(podsOf('foreign'))).items[0].status.phase).toBe('Pending');
  await cluster.request({ method: 'DELETE', path: `${jobsPath}/foreign` });
});

it('starts a suspended Job when it is resumed', async () => {
  await create(jobsPath, aJob('resumed', 'console.log(1)', { spec: { suspend: true } }));
  await eventually(
    async () => (await read(`${jobsPath}/resumed`)).status.conditions?.[0].type === 'Suspended',
    'it is suspended',
  );
  expect((await read(podsOf('resumed'))).items).toEqual([]);
  await cluster.request({
    method: 'PATCH',
    path: `${jobsPath}/resumed`,
    body: { spec: { suspend: false } },
    contentType: 'application/merge-patch+json',
  });
  expect((await ended('resumed')).succeeded).toBe(1);
});

it('asks a process to end when its pod is deleted', async () => {
  const script =
    'process.on("SIGTERM", () => { console.log("asked"); process.exit(0) }); console.log("ready"); setInterval(() => {}, 1000)';
  await create(jobsPath, aJob('polite', script));
  await eventually(async () => {
    const { items } = await read(podsOf('polite'));
    return items[0]?.status.phase === 'Running' && (await logOf('polite')) === 'ready\n';
  }, 'it is ready');
  const { items } = await read(podsOf('polite'));
  const name = items[0].metadata.name;
  const following = cluster.request({ path: `/api/v1/namespaces/default/pods/${name}/log?follow=true`, accept: '*/*' });
  await cluster.request({ method: 'DELETE', path: `${jobsPath}/polite`, body: { propagationPolicy: 'Background' } });
  expect((await following).text).toBe('ready\nasked\n');
  await eventually(async () => (await read(podsOf('polite'))).items.length === 0, 'the pod is gone');
});

it('removes a finished Job when its time to live is over', async () => {
  await create(jobsPath, aJob('brief', '', { spec: { ttlSecondsAfterFinished: 1 } }));
  await eventually(
    async () => (await cluster.request({ path: `${jobsPath}/brief` })).status === 404,
    'the Job is gone',
  );
  await eventually(async () => (await read(podsOf('brief'))).items.length === 0, 'and its pod');
});

const aCron = (name: string, script: string, spec: object = {}): Body => ({
  metadata: { name },
  spec: {
    schedule: '30 6 * * *',
    timeZone: 'America/New_York',
    jobTemplate: { spec: aJob('x', script).spec },
    ...spec,
  },
});

const jobNames = async (cron: string): Promise<string[]> =>
  (await read(jobsPath)).items
    .filter((job: Body) => job.metadata.ownerReferences?.[0].name === cron)
    .map((job: Body) => job.metadata.name);

// 06:30 in New York in winter.
const due = new Date('2031-01-15T11:30:00Z');

it('starts a Job when the clock says so in the time zone of the schedule', async () => {
  clock = new Date('2031-01-15T11:29:00Z');
  await create(cronJobsPath, aCron('daily', 'console.log(1)'));
  clock = due;
  const name = `daily-${due.getTime() / 60_000}`;
  await eventually(async () => (await jobNames('daily')).includes(name), 'the Job is there');
  const { metadata } = await read(`${jobsPath}/${name}`);
  expect(metadata.annotations['batch.kubernetes.io/cronjob-scheduled-timestamp']).toBe('2031-01-15T11:30:00Z');
  await eventually(
    async () => (await read(`${cronJobsPath}/daily`)).status.lastScheduleTime === '2031-01-15T11:30:00Z',
    'the status tells',
  );
  await ended(name);
  await eventually(
    async () => (await read(`${cronJobsPath}/daily`)).status.lastSuccessfulTime !== undefined,
    'and of the success',
  );
});

it('starts nothing while suspended, and nothing that is too late', async () => {
  clock = new Date('2031-02-01T00:00:00Z');
  await create(cronJobsPath, aCron('asleep', '', { suspend: true }));
  await create(cronJobsPath, aCron('late', '', { startingDeadlineSeconds: 60 }));
  await create(cronJobsPath, aCron('witness', ''));
  clock = new Date('2031-02-01T13:00:00Z');
  await eventually(async () => (await jobNames('witness')).length === 1, 'the witness has started');
  await eventually(
    async () => (await read(`${cronJobsPath}/late`)).status.lastScheduleTime !== undefined,
    'the late one was seen',
  );
  expect([...(await jobNames('asleep')), ...(await jobNames('late'))]).toEqual([]);
});

it('does not start a second run beside one that goes on', async () => {
  clock = new Date('2031-03-01T11:29:00Z');
  await create(cronJobsPath, aCron('single', 'setInterval(() => {}, 1000)', { concurrencyPolicy: 'Forbid' }));
  clock = new Date('2031-03-01T11:30:00Z');
  await eventually(
    async () => (await read(`${cronJobsPath}/single`)).status.active?.length === 1,
    'the first run is active',
  );
  clock = new Date('2031-03-02T11:30:00Z');
  const events =
    '/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Dsingle,reason%3DJobAlreadyActive';
  await eventually(async () => (await read(events)).items.length > 0, 'the second start was refused');
  expect((await jobNames('single')).length).toBe(1);
  await cluster.request({
    method: 'DELETE',
    path: `${cronJobsPath}/single`,
    body: { propagationPolicy: 'Background' },
  });
});

it('keeps objects, uids and tokens over a restart, and tries again what was cut off', async () => {
  const once = join(directory, 'once').replaceAll('\\', '/');
  const script = `const fs = require('node:fs'); if (fs.existsSync('${once}')) process.exit(0); fs.writeFileSync('${once}', ''); setInterval(() => {}, 1000)`;
  const before = await create(jobsPath, aJob('cut-off', script, { spec: { backoffLimit: 2 } }));
  await eventually(async () => (await read(podsOf('cut-off'))).items[0]?.status.phase === 'Running', 'it runs');
  const token = await server.issueToken({
    namespace: 'default',
    serviceAccount: 'default',
    audience: 'a',
    expirationSeconds: 600,
  });
  const keys = server.jwks();
  await cluster.close();
  await open();
  expect(server.jwks()).toEqual(keys);
  await jwtVerify(token, createLocalJWKSet(server.jwks()), { audience: 'a' });
  expect((await read(`${jobsPath}/cut-off`)).metadata.uid).toBe(before.metadata.uid);
  expect(await ended('cut-off')).toMatchObject({ failed: 1, succeeded: 1, ending: { type: 'Complete' } });
});
