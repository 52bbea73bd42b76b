import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anEnvironment } from '../../doubles/azure/account.ts';
import { otherSubscription, startOpsWorld, subscription, type OpsWorld } from '../testing/ops-world.ts';
import { idle } from './idle.ts';

const noon = new Date('2026-12-02T12:00:00Z');
const night = new Date('2026-12-02T22:00:00Z');

let world: OpsWorld;
beforeEach(async () => {
  world = await startOpsWorld();
  setRequests(0);
  world.clock.now = night;
});
afterEach(() => world.close());

const place = `/subscriptions/${subscription}/resourceGroups/legendops-dev/providers`;
const setRequests = (count: number): void => {
  world.azure.account.requests[`${place}/Microsoft.Cdn/profiles/legendops-dev-edge`] = count;
};
const group = () => world.azure.account.groups[0] as { tags: Record<string, string> };
const setStates = (cluster: string, server: string): void => {
  world.azure.account.resources = anEnvironment(subscription, 'dev', { cluster, server }).resources;
};
const states = (): string[] => world.azure.account.resources.slice(0, 2).map(({ state }) => state);
const changes = () => world.azure.faults.calls.filter(({ method }) => method !== 'GET').map(({ path }) => path);
const run = (...parameters: string[]) => world.run(idle, '--environment', 'dev', ...parameters);

describe('dev at night', () => {
  it('is stopped, the cluster before its server, and says why', async () => {
    const { status, said } = await run('--go');
    expect([status, ...states()]).toEqual([0, 'Stopped', 'Stopped']);
    expect(said).toContain(
      'Decided: stopped, because it is outside of working hours (Monday to Friday, 7 to 19 in Europe/Berlin)',
    );
    expect(said).toContain('nobody asked it for anything in the last hour');
    expect(changes().map((path) => path.split('?')[0]?.split('/').slice(-2).join(' '))).toEqual([
      'legendops-dev-cluster stop',
      'legendops-dev-database stop',
    ]);
  });

  it('is left alone without --go, and what would be done is said with the command that does it', async () => {
    const { status, said } = await run();
    expect([status, ...states(), ...changes()]).toEqual([0, 'Running', 'Ready']);
    expect(said).toContain('Would do:\n  - stop the cluster legendops-dev-cluster');
    expect(said).toContain('npm run ops:idle -- --environment dev --go');
  });

  it('stays as it is while somebody works with it', async () => {
    setRequests(42);
    expect((await run('--go')).said).toContain('as it is, because it is in use: 42 requests in the last hour');
    expect(states()).toEqual(['Running', 'Ready']);
  });

  it('stays as it is where nobody knows whether somebody works with it', async () => {
    world.azure.deny('GET', 'Microsoft.Insights/metrics');
    expect((await run('--go')).said).toContain('nobody could tell whether it is in use');
    expect(states()).toEqual(['Running', 'Ready']);
  });

  it('is awake for as long as the tag says', async () => {
    setStates('Stopped', 'Stopped');
    group().tags.KeepAwakeUntil = '2026-12-03T00:00:00Z';
    expect((await run('--go')).said).toContain('running, because the tag KeepAwakeUntil says 2026-12-03T00:00:00.000Z');
    expect(states()).toEqual(['Running', 'Ready']);
    world.clock.now = new Date('2026-12-03T00:00:01Z');
    await run('--go');
    expect(states()).toEqual(['Stopped', 'Stopped']);
  });

  it('is not touched by a tag that nobody understands', async () => {
    group().tags.KeepAwakeUntil = 'late';
    expect((await run('--go')).said).toContain('the tag KeepAwakeUntil says late, which is no time');
    expect(states()).toEqual(['Running', 'Ready']);
  });

  it('has its server stopped again, which Azure started after seven days', async () => {
    setStates('Stopped', 'Ready');
    const { said } = await run('--go');
    expect(said).toContain(
      'stop the server legendops-dev-database (it runs while its cluster is stopped: Azure starts a server after seven days)',
    );
    expect(states()).toEqual(['Stopped', 'Stopped']);
  });

  it('has nothing left to do when it was run before', async () => {
    await run('--go');
    const before = changes().length;
    expect(await run('--go')).toMatchObject({ status: 0, said: expect.stringContaining('Nothing is left to do.') });
    expect(changes()).toHaveLength(before);
  });
});

it('dev in the morning is started, the server before its cluster', async () => {
  world.clock.now = noon;
  setStates('Stopped', 'Stopped');
  const { said } = await run('--go');
  expect(states()).toEqual(['Running', 'Ready']);
  expect(said).toContain(
    'Done:\n  - start the server legendops-dev-database\n  - start the cluster legendops-dev-cluster',
  );
});

it.each([
  ['stop', noon, ['Stopped', 'Stopped']],
  ['start', night, ['Running', 'Ready']],
])('a person who says %s is heard at any hour', async (act, at, wanted) => {
  world.clock.now = at;
  if (act === 'start') setStates('Stopped', 'Stopped');
  else setRequests(42);
  expect((await run('--go', '--act', act)).said).toContain('because a person asked for it');
  expect(states()).toEqual(wanted);
});

describe('what stands in the way', () => {
  it('of Azure, which is busy, is waited for as it says', async () => {
    world.azure.faults.add([
      { match: { method: 'POST', path: 'stop', count: 2 }, fault: { status: 429, headers: { 'retry-after': '17' } } },
    ]);
    expect((await run('--go')).status).toBe(0);
    expect(world.pauses.filter((pause) => pause === 17_000)).toHaveLength(2);
  });

  it('of a right that lacks half way is said with what was done, what was not and how to go on; the next run ends it', async () => {
    world.azure.deny('POST', 'flexibleServers');
    const { status, said } = await run('--go');
    expect(status).toBe(1);
    expect(said).toContain('Done:\n  - stop the cluster legendops-dev-cluster');
    expect(said).toContain('Failed:\n  - stop the server legendops-dev-database');
    expect(said).toContain('403 AuthorizationFailed');
    expect(said).toContain(
      'Go on: mend what it says, then run the same again: npm run ops:idle -- --environment dev --go',
    );
    world.azure.faults.clear();
    expect((await run('--go')).status).toBe(0);
    expect(states()).toEqual(['Stopped', 'Stopped']);
  });

  it('of work that goes on already is left to Azure', async () => {
    setStates('Stopping', 'Ready');
    expect((await run('--go')).said).toContain('legendops-dev-cluster is Stopping: Azure is at it');
    expect(changes()).toEqual([]);
  });

  it.each([
    [
      ['--subscription', otherSubscription],
      'Somebody else (20000000-0000-4000-8000-000000000002) has no resource group legendops-dev',
    ],
    [['--subscription', '20000000-0000-4000-8000-000000000009'], 'is not there, or not for who signed in'],
    [['--hours', '19-7'], '--hours is 19-7'],
    [['--time-zone', 'Mars/Olympus'], '--time-zone is Mars/Olympus'],
    [['--act', 'sleep'], '--act is sleep'],
    [['--fast'], '--fast'],
  ])('of what was asked wrongly is told: %j', async (parameters, words) => {
    const { status, said } = await run('--go', ...parameters);
    expect(said).toContain(words);
    expect([status, ...changes()]).toEqual([2]);
  });

  it('of a group of the same name that is not ours is told', async () => {
    group().tags.Project = 'Another';
    const { status, said } = await run('--go');
    expect(said).toContain('that is not ours: its tags say Project Another, Environment dev');
    expect([status, ...changes()]).toEqual([2]);
  });
});

it.each(['staging', 'prod'])('%s does not sleep', async (environment) => {
  const { status, said } = await world.run(idle, '--environment', environment, '--go');
  expect([status, said]).toEqual([2, `${environment} does not sleep: customers work with it at any hour`]);
});

it('an environment that is not there is refused, and none as well', async () => {
  expect((await world.run(idle, '--environment', 'test')).said).toContain('There is no environment test');
  expect((await world.run(idle)).said).toContain('No environment was named');
});
