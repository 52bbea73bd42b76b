import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startOpsWorld, subscription, type OpsWorld } from '../testing/ops-world.ts';
import { restoreServer } from './restore-server.ts';

let world: OpsWorld;
beforeEach(async () => {
  world = await startOpsWorld();
});
afterEach(() => world.close());

const run = (...parameters: string[]) => world.run(restoreServer, '--environment', 'dev', ...parameters);
const at = ['--at', '2026-12-01T04:10:00Z'];
const named = (name: string) => world.azure.account.resources.find((one) => one.name === name);
const names = () => world.azure.account.resources.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b));
const restored = 'legendops-dev-database-1201041000';

describe('a moment', () => {
  it('comes beside the server that works, reached where that one is', async () => {
    const before = structuredClone(named('legendops-dev-database'));
    const { status, said } = await run(...at, '--go');
    expect([status, said]).toEqual([0, expect.stringContaining('npm run ops:restore -- verify')]);
    expect(named('legendops-dev-database')).toEqual(before);
    expect(named(restored)).toMatchObject({
      tags: { Project: 'LegendOps', Environment: 'dev', RestoredFrom: 'legendops-dev-database' },
      properties: {
        createMode: 'PointInTimeRestore',
        sourceServerResourceId: before?.id,
        pointInTimeUTC: '2026-12-01T04:10:00.000Z',
        network: { publicNetworkAccess: 'Disabled' },
      },
    });
    const own = named('legendops-dev-database-endpoint');
    expect(named(`${restored}-endpoint`)).toMatchObject({
      zones: own?.zones,
      properties: {
        subnet: own?.properties?.subnet,
        privateLinkServiceConnections: [
          { properties: { privateLinkServiceId: named(restored)?.id, groupIds: ['postgresqlServer'] } },
        ],
      },
    });
  });

  it('is only said without --go, and found done by the next run', async () => {
    const before = names();
    expect((await run(...at)).said).toContain(
      `Would do:\n  - restore legendops-dev-database to 2026-12-01T04:10:00.000Z as ${restored}`,
    );
    expect(names()).toEqual(before);
    await run(...at, '--go');
    expect(await run(...at, '--go')).toEqual({ status: 0, said: 'Nothing is left to do.' });
  });

  it('is not taken for another one of the same minute', async () => {
    await run('--at', '2026-12-01T04:10:45Z', '--go');
    expect((await run(...at)).said).toContain(
      `restore legendops-dev-database to 2026-12-01T04:10:00.000Z as ${restored}`,
    );
  });

  it('goes on where it was refused in the middle', async () => {
    world.azure.deny('PUT', 'privateEndpoints');
    const { status, said } = await run(...at, '--go');
    expect([status, said]).toEqual([1, expect.stringContaining('AuthorizationFailed')]);
    expect(named(restored)).toBeDefined();
    world.azure.faults.clear();
    expect((await run(...at)).said).not.toContain('restore legendops-dev-database to');
    expect((await run(...at, '--go')).status).toBe(0);
    expect(named(`${restored}-endpoint`)).toBeDefined();
  });

  it.each([
    [[], '--at is missing'],
    [['--at', 'yesterday'], '--at is yesterday'],
    [['--at', '2026-12-01T04:10:00'], 'a moment in UTC'],
    [['--at', '2026-11-31T04:10:00Z'], '--at is 2026-11-31'],
    [['--at', '2026Z'], '--at is 2026Z'],
    [['--at', '2026-12-01T04:10:00.500Z'], 'to the second'],
    [['--at', '2026-12-03T04:10:00Z'], 'not over yet'],
    [['--at', '2026-11-01T04:10:00Z'], 'can be restored to 2026-11-25T00:00:00.000Z at the earliest'],
  ])('that cannot be is refused: %j', async (parameters, why) => {
    const before = names();
    expect(await run(...parameters, '--go')).toEqual({ status: 2, said: expect.stringContaining(why) });
    expect(names()).toEqual(before);
  });

  it('of a server that is stopped, or cannot be reached, is refused', async () => {
    Object.assign(named('legendops-dev-database') ?? {}, { state: 'Stopped' });
    expect((await run(...at, '--go')).said).toContain('legendops-dev-database is Stopped: start it first');
    Object.assign(named('legendops-dev-database') ?? {}, { state: 'Ready' });
    world.azure.account.resources = world.azure.account.resources.filter(({ name }) => !name.endsWith('endpoint'));
    expect((await run(...at, '--go')).said).toContain('has no private endpoint');
  });
});

describe('what was restored', () => {
  it('is removed with its endpoint, and nothing else is', async () => {
    const before = names();
    await run(...at, '--go');
    expect((await run(...at, '--remove', 'legendops-dev')).said).toContain(`remove ${restored}-endpoint`);
    expect(names()).not.toEqual(before);
    expect((await run(...at, '--remove', 'legendops-dev', '--go')).status).toBe(0);
    expect(names()).toEqual(before);
    expect((await run(...at, '--remove', 'legendops-dev', '--go')).said).toBe('Nothing is left to do.');
  });

  it('of another moment stays: people may work with it', async () => {
    await run(...at, '--go');
    await run('--at', '2026-12-01T05:00:00Z', '--go');
    expect((await run('--at', '2026-12-01T05:00:00Z', '--remove', 'legendops-dev', '--go')).status).toBe(0);
    expect(names().filter((name) => name.startsWith('legendops-dev-database-12'))).toEqual([
      restored,
      `${restored}-endpoint`,
    ]);
    expect((await run('--remove', 'legendops-dev', '--go')).said).toContain('--at is missing');
  });

  it('is not removed where another name is typed', async () => {
    await run(...at, '--go');
    expect(await run(...at, '--remove', 'legendops-prod', '--go')).toEqual({
      status: 2,
      said: '--remove is legendops-prod: type the resource group out, legendops-dev',
    });
    expect(named(restored)).toBeDefined();
  });
});

it('asks for the subscription that the environment is in', async () => {
  expect((await run(...at, '--subscription', subscription.replace(/1$/, '9'))).status).toBe(2);
});
