import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { eventually } from '@legendops/kit/testing/eventually';
import type { Body } from '../testing/cluster.ts';
import { aJob, cronJobsPath, jobWorld, jobsPath, type JobWorld } from './job-world.ts';

let world: JobWorld;

beforeAll(async () => {
  world = await jobWorld();
});
afterAll(() => world.close());

afterEach(() => world.setClock(undefined));

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
  (await world.read(jobsPath)).items
    .filter((job: Body) => job.metadata.ownerReferences?.[0].name === cron)
    .map((job: Body) => job.metadata.name);

// 06:30 in New York in winter.
const due = new Date('2031-01-15T11:30:00Z');

it('starts a Job when the clock says so in the time zone of the schedule', async () => {
  world.setClock(new Date('2031-01-15T11:29:00Z'));
  await world.create(cronJobsPath, aCron('daily', 'console.log(1)'));
  world.setClock(due);
  const name = `daily-${due.getTime() / 60_000}`;
  await eventually('the Job is there', async () => (await jobNames('daily')).includes(name));
  const { metadata } = await world.read(`${jobsPath}/${name}`);
  expect(metadata.annotations['batch.kubernetes.io/cronjob-scheduled-timestamp']).toBe('2031-01-15T11:30:00Z');
  await eventually(
    'the status tells',
    async () => (await world.read(`${cronJobsPath}/daily`)).status.lastScheduleTime === '2031-01-15T11:30:00Z',
  );
  await world.ended(name);
  await eventually(
    'and of the success',
    async () => (await world.read(`${cronJobsPath}/daily`)).status.lastSuccessfulTime !== undefined,
  );
});

it('starts nothing while suspended, and nothing that is too late', async () => {
  world.setClock(new Date('2031-02-01T00:00:00Z'));
  await world.create(cronJobsPath, aCron('asleep', '', { suspend: true }));
  await world.create(cronJobsPath, aCron('late', '', { startingDeadlineSeconds: 60 }));
  await world.create(cronJobsPath, aCron('witness', ''));
  world.setClock(new Date('2031-02-01T13:00:00Z'));
  await eventually('the witness has started', async () => (await jobNames('witness')).length === 1);
  await eventually(
    'the late one was seen',
    async () => (await world.read(`${cronJobsPath}/late`)).status.lastScheduleTime !== undefined,
  );
  expect([...(await jobNames('asleep')), ...(await jobNames('late'))]).toEqual([]);
});

it('does not start a second run beside one that goes on, and says so once', async () => {
  world.setClock(new Date('2031-03-01T11:29:00Z'));
  await world.create(cronJobsPath, aCron('single', 'setInterval(() => {}, 1000)', { concurrencyPolicy: 'Forbid' }));
  world.setClock(new Date('2031-03-01T11:30:00Z'));
  await eventually(
    'the first run is active',
    async () => (await world.read(`${cronJobsPath}/single`)).status.active?.length === 1,
  );
  world.setClock(new Date('2031-03-02T11:30:00Z'));
  const events =
    '/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Dsingle,reason%3DJobAlreadyActive';
  await eventually('the second start was refused', async () => (await world.read(events)).items.length > 0);
  // A look a second: each Job of the other one is made at a later look.
  await world.create(cronJobsPath, aCron('busy', '', { schedule: '* * * * *' }));
  for (const minute of [31, 32, 33]) {
    const time = new Date(`2031-03-02T11:${minute}:00Z`);
    world.setClock(time);
    const name = `busy-${time.getTime() / 60_000}`;
    await eventually(`${name} was started`, async () => (await jobNames('busy')).includes(name));
  }
  expect((await world.read(events)).items.map(({ count }: Body) => count)).toEqual([1]);
  expect((await jobNames('single')).length).toBe(1);
  await world.request({
    method: 'DELETE',
    path: `${cronJobsPath}/single`,
    body: { propagationPolicy: 'Background' },
  });
});
