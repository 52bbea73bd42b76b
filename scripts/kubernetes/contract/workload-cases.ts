import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { eventually } from '@legendops/kit/testing/eventually';
import type { Body, Cluster } from '../testing/cluster.ts';
import { aCronJob, causesOf, cronJobsPath, messagesOf } from './paths.ts';

const jobSpec = (container: object, pod: object = {}) => ({
  jobTemplate: {
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'job', image: 'example.invalid/a:1', ...container }],
          ...pod,
        },
      },
    },
  },
});
const podPath = 'spec.jobTemplate.spec.template.spec';

const refusals: [string, object, string[]][] = [
  [
    'a schedule of two fields',
    { schedule: 'x y' },
    ['spec.schedule: Invalid value: "x y": expected exactly 5 fields, found 2: [x y]'],
  ],
  [
    'a time zone that is none',
    { timeZone: 'Mars/Base' },
    ['spec.timeZone: Invalid value: "Mars/Base": unknown time zone Mars/Base'],
  ],
  ['an offset for a time zone', { timeZone: '+05' }, ['spec.timeZone: Invalid value: "+05": unknown time zone +05']],
  [
    'the time zone of whatever machine it is',
    { timeZone: 'Local' },
    [
      'spec.timeZone: Invalid value: "Local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
    ],
  ],
  [
    'an unknown policy',
    { concurrencyPolicy: 'Maybe' },
    ['spec.concurrencyPolicy: Unsupported value: "Maybe": supported values: "Allow", "Forbid", "Replace"'],
  ],
  [
    'a negative limit',
    { failedJobsHistoryLimit: -1 },
    ['spec.failedJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0'],
  ],
  ['a container without an image', jobSpec({ image: '' }), [`${podPath}.containers[0].image: Required value`]],
  [
    'a restart policy of services',
    jobSpec({}, { restartPolicy: 'Always' }),
    [`${podPath}.restartPolicy: Required value: valid values: "OnFailure", "Never"`],
  ],
  [
    'a mount of no volume',
    jobSpec({ volumeMounts: [{ name: 'x', mountPath: '/x' }] }),
    [`${podPath}.containers[0].volumeMounts[0].name: Not found: "x"`],
  ],
];

export const workloadCases = (cluster: () => Cluster): void => {
  const call = (...[request]: Parameters<Cluster['request']>) => cluster().request(request);

  it.each(refusals)('refuses a CronJob with %s', async (_, spec, messages) => {
    const { status, body } = await call({ method: 'POST', path: cronJobsPath, body: aCronJob('refused', spec) });
    expect(status).toBe(422);
    expect(messagesOf(body)).toEqual(messages);
  });

  it('leaves room in a name for the minute', async () => {
    const { body } = await call({ method: 'POST', path: cronJobsPath, body: aCronJob('x'.repeat(53)) });
    expect(messagesOf(body)).toEqual([
      `metadata.name: Invalid value: "${'x'.repeat(53)}": must be no more than 52 characters`,
    ]);
  });

  it('fills in what a CronJob leaves out', async () => {
    const { body } = await call({
      method: 'POST',
      path: cronJobsPath,
      body: aCronJob('work-defaults', { suspend: undefined, schedule: '0 0 1 1 *' }),
    });
    expect(body.spec).toMatchObject({
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    });
    expect(body.spec.jobTemplate.spec.template.spec).toEqual({
      containers: [
        {
          name: 'job',
          image: 'example.invalid/job:1',
          args: ['a'],
          imagePullPolicy: 'IfNotPresent',
          resources: {},
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
        },
      ],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Never',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
    });
  });

  it('labels a Job and makes its pod', async () => {
    const path = '/apis/batch/v1/namespaces/default/jobs';
    const { spec } = aCronJob('x').spec.jobTemplate;
    const { body } = await call({
      method: 'POST',
      path,
      body: { metadata: { name: 'work-job' }, spec: { ...spec, backoffLimit: 0 } },
    });
    const { uid } = body.metadata;
    expect(body.spec.selector).toEqual({ matchLabels: { 'batch.kubernetes.io/controller-uid': uid } });
    expect(body.spec).toMatchObject({
      backoffLimit: 0,
      completions: 1,
      parallelism: 1,
      suspend: false,
      completionMode: 'NonIndexed',
    });
    expect(body.spec.template.metadata.labels).toMatchObject({
      'batch.kubernetes.io/job-name': 'work-job',
      'job-name': 'work-job',
    });
    await eventually(
      'the Job is active',
      async () => (await call({ path: `${path}/work-job` })).body.status.active === 1,
    );
    const pods = await call({ path: '/api/v1/namespaces/default/pods?labelSelector=job-name%3Dwork-job' });
    expect(pods.body.items.length).toBe(1);
    expect(pods.body.items[0].metadata.ownerReferences).toEqual([
      { apiVersion: 'batch/v1', kind: 'Job', name: 'work-job', uid, controller: true, blockOwnerDeletion: true },
    ]);
    await call({ method: 'DELETE', path: `${path}/work-job`, body: { propagationPolicy: 'Background' } });
    await eventually(
      'the pod is gone',
      async () =>
        (await call({ path: '/api/v1/namespaces/default/pods?labelSelector=job-name%3Dwork-job' })).body.items
          .length === 0,
    );
  });

  it('makes no pod for a suspended Job', async () => {
    const path = '/apis/batch/v1/namespaces/default/jobs';
    const { spec } = aCronJob('x').spec.jobTemplate;
    await call({
      method: 'POST',
      path,
      body: { metadata: { name: 'work-suspended' }, spec: { ...spec, suspend: true } },
    });
    await eventually('the Job says that it is suspended', async () => {
      const { body } = await call({ path: `${path}/work-suspended` });
      return body.status.conditions?.some(
        ({ type, status, reason }: Body) => type === 'Suspended' && status === 'True' && reason === 'JobSuspended',
      );
    });
    const pods = await call({ path: '/api/v1/namespaces/default/pods?labelSelector=job-name%3Dwork-suspended' });
    expect(pods.body.items).toEqual([]);
  });

  const accounts = '/api/v1/namespaces/default/serviceaccounts';

  it('issues tokens that say who, for whom and until when', async () => {
    await call({ method: 'POST', path: accounts, body: { metadata: { name: 'work-account' } } });
    const { status, body } = await call({
      method: 'POST',
      path: `${accounts}/work-account/token`,
      body: { spec: { audiences: ['legendops-billing'], expirationSeconds: 900 } },
    });
    expect(status).toBe(201);
    const claims = decodeJwt(body.status.token);
    expect(claims).toMatchObject({ sub: 'system:serviceaccount:default:work-account', aud: ['legendops-billing'] });
    expect(claims['kubernetes.io']).toMatchObject({
      namespace: 'default',
      serviceaccount: { name: 'work-account', uid: expect.any(String) },
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(900);
    expect(body.status.expirationTimestamp).toMatch(/Z$/);
  });

  it('publishes the keys that tokens are checked with', async () => {
    const { body } = await call({
      method: 'POST',
      path: `${accounts}/work-account/token`,
      body: { spec: { audiences: ['a'] } },
    });
    const keys = JSON.parse((await call({ path: '/openid/v1/jwks', accept: 'application/jwk-set+json' })).text);
    const { payload } = await jwtVerify(body.status.token, createLocalJWKSet(keys), { audience: 'a' });
    const configuration = (await call({ path: '/.well-known/openid-configuration' })).body;
    expect(configuration.issuer).toBe(payload.iss);
  });

  it('reviews tokens for an audience', async () => {
    const { body } = await call({
      method: 'POST',
      path: `${accounts}/work-account/token`,
      body: { spec: { audiences: ['a', 'b'] } },
    });
    const review = (spec: object) =>
      call({
        method: 'POST',
        path: '/apis/authentication.k8s.io/v1/tokenreviews',
        body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec },
      });
    const good = await review({ token: body.status.token, audiences: ['b', 'c'] });
    expect(good.body.status).toMatchObject({
      authenticated: true,
      audiences: ['b'],
      user: {
        username: 'system:serviceaccount:default:work-account',
        groups: expect.arrayContaining(['system:serviceaccounts:default']),
      },
    });
    const foreign = await review({ token: body.status.token, audiences: ['c'] });
    expect(foreign.body.status.authenticated ?? false).toBe(false);
    const broken = await review({ token: 'x.y.z' });
    expect(broken.body.status.authenticated ?? false).toBe(false);
  });

  it('refuses tokens that are too short-lived, and those of nobody', async () => {
    const short = await call({
      method: 'POST',
      path: `${accounts}/work-account/token`,
      body: { spec: { expirationSeconds: 60 } },
    });
    expect(causesOf(short.body)).toEqual(['FieldValueInvalid spec.expirationSeconds']);
    expect((await call({ method: 'POST', path: `${accounts}/nobody/token`, body: { spec: {} } })).status).toBe(404);
  });
};
