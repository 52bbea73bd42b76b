import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '@legendops/kit/testing/eventually';
import type { Body } from '../testing/cluster.ts';
import { aJob, jobWorld, jobsPath, podsOf, type JobWorld } from './job-world.ts';

let world: JobWorld;

beforeAll(async () => {
  world = await jobWorld();
});
afterAll(() => world.close());

it('runs a Job to its end and keeps what it wrote', async () => {
  await world.create(
    jobsPath,
    aJob('hello', 'console.log("out", process.env.FROM_IMAGE); console.error("err"); console.log("last")'),
  );
  const status = await world.ended('hello');
  expect(status).toMatchObject({ succeeded: 1, ready: 0, ending: { type: 'Complete', reason: 'CompletionsReached' } });
  expect(status.completionTime).toBeDefined();
  const log = await world.logOf('hello');
  expect(log.split('\n').filter(Boolean).sort()).toEqual(['err', 'last', 'out yes']);
  expect((await world.logOf('hello', '?tailLines=1')).split('\n').filter(Boolean).length).toBe(1);
  expect(await world.logOf('hello', '?timestamps=true')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z /);
  const { items } = await world.read(podsOf('hello'));
  expect(items[0].status).toMatchObject({
    phase: 'Succeeded',
    containerStatuses: [{ state: { terminated: { exitCode: 0, reason: 'Completed' } } }],
  });
});

it('tries again until the limit, then gives up', async () => {
  await world.create(jobsPath, aJob('flaky', 'process.exit(7)', { spec: { backoffLimit: 2 } }));
  expect(await world.ended('flaky')).toMatchObject({
    failed: 3,
    ending: { type: 'Failed', reason: 'BackoffLimitExceeded' },
  });
  const { items } = await world.read(podsOf('flaky'));
  expect(items.map((pod: Body) => pod.status.containerStatuses[0].state.terminated.exitCode)).toEqual([7, 7, 7]);
});

it('does not try again where the policy says that it is of no use', async () => {
  const podFailurePolicy = {
    rules: [{ action: 'FailJob', onExitCodes: { containerName: 'job', operator: 'In', values: [2, 3] } }],
  };
  await world.create(jobsPath, aJob('hopeless', 'process.exit(3)', { spec: { backoffLimit: 5, podFailurePolicy } }));
  const { ending, failed } = await world.ended('hopeless');
  expect(failed).toBe(1);
  expect(ending.reason).toBe('PodFailurePolicy');
  expect(ending.message).toMatch(
    /^Container job for pod default\/hopeless-\w+ failed with exit code 3 matching FailJob rule at index 0$/,
  );
});

it('ends a Job that takes too long', async () => {
  await world.create(
    jobsPath,
    aJob('slow', 'setInterval(() => {}, 1000)', {
      spec: { activeDeadlineSeconds: 1, backoffLimit: 3 },
      pod: { terminationGracePeriodSeconds: 1 },
    }),
  );
  expect((await world.ended('slow')).ending).toMatchObject({ type: 'Failed', reason: 'DeadlineExceeded' });
  await eventually('its pod is gone', async () => (await world.read(podsOf('slow'))).items.length === 0);
});

it('gives secrets and tokens as files where the environment points', async () => {
  await world.create('/api/v1/namespaces/default/secrets', {
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
  await world.create(jobsPath, aJob('files', script, { container, pod }));
  await world.ended('files');
  const seen = JSON.parse(await world.logOf('files'));
  const { items } = await world.read(podsOf('files'));
  expect(seen).toMatchObject({
    password: 'p w',
    literal: 'x',
    inline: 'p w',
    pod: items[0].metadata.name,
    outside: '/var/run/legendops/databases',
  });
  expect(statSync(seen.path).mode & 0o777).toBe(0o600);
  expect(readFileSync(seen.path, 'utf8')).toBe('p w');
  const { payload } = await jwtVerify(seen.token, createLocalJWKSet(world.server().jwks()), {
    issuer: world.server().issuer,
    audience: 'legendops-billing',
  });
  expect(payload.sub).toBe('system:serviceaccount:default:default');
  expect(payload['kubernetes.io']).toMatchObject({ namespace: 'default', pod: { name: items[0].metadata.name } });
});

it('waits for a secret that is not there yet', async () => {
  const pod = { volumes: [{ name: 'late', secret: { secretName: 'late' } }] };
  await world.create(jobsPath, aJob('patient', 'console.log(1)', { pod }));
  await eventually(
    'the pod waits',
    async () =>
      (await world.read(podsOf('patient'))).items[0]?.status.containerStatuses?.[0].state.waiting?.reason ===
      'ContainerCreating',
  );
  await world.create('/api/v1/namespaces/default/secrets', { metadata: { name: 'late' } });
  expect((await world.ended('patient')).succeeded).toBe(1);
});

it('leaves a pod of an unknown image waiting', async () => {
  await world.create(jobsPath, aJob('foreign', '', { container: { image: 'example.invalid/a:1' } }));
  await eventually(
    'the pod waits',
    async () =>
      (await world.read(podsOf('foreign'))).items[0]?.status.containerStatuses?.[0].state.waiting?.reason ===
      'ErrImagePull',
  );
  expect((await world.read(podsOf('foreign'))).items[0].status.phase).toBe('Pending');
  await world.request({ method: 'DELETE', path: `${jobsPath}/foreign` });
});

it('starts a suspended Job when it is resumed', async () => {
  await world.create(jobsPath, aJob('resumed', 'console.log(1)', { spec: { suspend: true } }));
  await eventually(
    'it is suspended',
    async () => (await world.read(`${jobsPath}/resumed`)).status.conditions?.[0].type === 'Suspended',
  );
  expect((await world.read(podsOf('resumed'))).items).toEqual([]);
  await world.request({
    method: 'PATCH',
    path: `${jobsPath}/resumed`,
    body: { spec: { suspend: false } },
    contentType: 'application/merge-patch+json',
  });
  expect((await world.ended('resumed')).succeeded).toBe(1);
});

it('asks a process to end when its pod is deleted', async () => {
  const script =
    'process.on("SIGTERM", () => { console.log("asked"); process.exit(0) }); console.log("ready"); setInterval(() => {}, 1000)';
  await world.create(jobsPath, aJob('polite', script));
  await eventually('it is ready', async () => {
    const { items } = await world.read(podsOf('polite'));
    return items[0]?.status.phase === 'Running' && (await world.logOf('polite')) === 'ready\n';
  });
  const { items } = await world.read(podsOf('polite'));
  const name = items[0].metadata.name;
  const following = world.request({ path: `/api/v1/namespaces/default/pods/${name}/log?follow=true`, accept: '*/*' });
  await world.request({ method: 'DELETE', path: `${jobsPath}/polite`, body: { propagationPolicy: 'Background' } });
  expect((await following).text).toBe('ready\nasked\n');
  await eventually('the pod is gone', async () => (await world.read(podsOf('polite'))).items.length === 0);
});

it('removes a finished Job when its time to live is over', async () => {
  await world.create(jobsPath, aJob('brief', '', { spec: { ttlSecondsAfterFinished: 1 } }));
  await eventually('the Job is gone', async () => (await world.request({ path: `${jobsPath}/brief` })).status === 404);
  await eventually('and its pod', async () => (await world.read(podsOf('brief'))).items.length === 0);
});

it('keeps objects, uids and tokens over a restart, and tries again what was cut off', async () => {
  const once = join(world.directory, 'once').replaceAll('\\', '/');
  const script = `const fs = require('node:fs'); if (fs.existsSync('${once}')) process.exit(0); fs.writeFileSync('${once}', ''); setInterval(() => {}, 1000)`;
  const before = await world.create(jobsPath, aJob('cut-off', script, { spec: { backoffLimit: 2 } }));
  await eventually('it runs', async () => existsSync(once));
  const token = await world.server().issueToken({
    namespace: 'default',
    serviceAccount: 'default',
    audience: 'a',
    expirationSeconds: 600,
  });
  const keys = world.server().jwks();
  await world.restart();
  expect(world.server().jwks()).toEqual(keys);
  await jwtVerify(token, createLocalJWKSet(world.server().jwks()), { audience: 'a' });
  expect((await world.read(`${jobsPath}/cut-off`)).metadata.uid).toBe(before.metadata.uid);
  expect(await world.ended('cut-off')).toMatchObject({ failed: 1, succeeded: 1, ending: { type: 'Complete' } });
});
