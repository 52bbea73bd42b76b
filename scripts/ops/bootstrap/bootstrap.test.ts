import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { otherSubscription, startOpsWorld, subscription, type OpsWorld } from '../testing/ops-world.ts';
import { bootstrap, providersOf } from './bootstrap.ts';
import { anEnvironmentFile } from '../testing/an-environment-file.ts';
import { names } from './environment-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'legendops-bootstrap-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'dev.env');

const write = (changes: Record<string, string | undefined> = {}): void =>
  writeFileSync(path, anEnvironmentFile(changes));

let world: OpsWorld;
beforeEach(async () => {
  world = await startOpsWorld({ groups: [], resources: [] });
  write();
});
afterEach(() => world.close());

const run = (...parameters: string[]) =>
  world.run(bootstrap, '--environment', 'dev', '--env-file', path, ...parameters);
const changes = () => world.azure.faults.calls.filter(({ method }) => method !== 'GET').map(({ path: asked }) => asked);
const snapshot = readFileSync(join(import.meta.dirname, '../../../infra/environments/dev.snapshot.json'), 'utf8');

describe('an empty subscription', () => {
  it('knows afterwards every provider of the environment, the feature and the region’s watcher', async () => {
    const { status, said } = await run('--go');
    expect(status).toBe(0);
    const { providers, features, watchers } = world.azure.account;
    const wanted = [...providersOf(snapshot), 'Microsoft.Compute'].map((name) => `${subscription}/${name}`);
    expect(wanted.length).toBeGreaterThan(15);
    expect(
      Object.entries(providers)
        .filter(([, state]) => state === 'Registered')
        .map(([name]) => name)
        .toSorted(),
    ).toEqual(wanted.toSorted());
    expect(features).toEqual({ [`${subscription}/Microsoft.Compute/EncryptionAtHost`]: 'Registered' });
    expect(watchers).toEqual([
      `/subscriptions/${subscription}/resourceGroups/NetworkWatcherRG/NetworkWatcher_westeurope`,
    ]);
    expect(said).toContain('az deployment sub create --subscription "$AZURE_SUBSCRIPTION_ID" --location westeurope');
  });

  it('is left as it is without --go, and the deployment is not spoken of yet', async () => {
    const { status, said } = await run();
    expect([status, ...changes()]).toEqual([0]);
    expect(said).toContain('Would do:\n  - register the feature Microsoft.Compute/EncryptionAtHost');
    expect(said).not.toContain('az deployment');
  });

  it('has nothing left to do the second time', async () => {
    await run('--go');
    const before = changes().length;
    expect((await run('--go')).said).toContain('Nothing is left to do.');
    expect(changes()).toHaveLength(before);
  });

  it('half way: what was done, what was not, and the next run does the rest alone', async () => {
    world.azure.deny('POST', 'Microsoft.KeyVault/register');
    const { status, said } = await run('--go');
    expect(status).toBe(1);
    expect(said).toMatch(
      /Done:\n(  - .*\n)+Failed:\n  - register the provider Microsoft.KeyVault: .*403 AuthorizationFailed/,
    );
    expect(said).toContain('Not done:\n  - register the provider Microsoft.ManagedIdentity');
    expect(said).not.toContain('az deployment');
    world.azure.faults.clear();
    const before = changes().length;
    expect((await run('--go')).status).toBe(0);
    expect(changes().slice(before)[0]).toContain('Microsoft.KeyVault/register');
  });
});

describe('a file that is wrong', () => {
  it('is refused with all that is wrong in it, before Azure is asked', async () => {
    write({
      LEGENDOPS_DOMAIN: 'https://legendops.test',
      LEGENDOPS_ALERT_MAIL: undefined,
      LEGENDOPS_DELIVERY_ID: '00000000-0000-0000-0000-000000000003',
      LEGENDOPS_DOMIAN: 'legendops.test',
    });
    const { status, said } = await run('--go');
    expect(status).toBe(2);
    for (const words of [
      'LEGENDOPS_DOMIAN is no variable of an environment',
      'LEGENDOPS_ALERT_MAIL is missing: an e-mail address',
      'LEGENDOPS_DOMAIN is https://legendops.test: a domain',
      'LEGENDOPS_DELIVERY_ID is 00000000-0000-0000-0000-000000000003, which only holds the place',
    ])
      expect(said).toContain(words);
    expect(world.azure.faults.calls).toEqual([]);
  });

  it('is one that is not there', async () => {
    const { status, said } = await run('--go', '--env-file', join(folder, 'none.env'));
    expect([status, said]).toEqual([2, `${join(folder, 'none.env')} cannot be read`]);
  });
});

it.each([
  ['20000000-0000-4000-8000-000000000009', 'is not there, or not for who signed in'],
  [otherSubscription, 'has a resource group legendops-dev that is not ours by its tags'],
])('the subscription %s is refused', async (id, words) => {
  world.azure.account.groups.push({ subscription: otherSubscription, name: 'legendops-dev', tags: {} });
  write({ AZURE_SUBSCRIPTION_ID: id });
  const { status, said } = await run('--go');
  expect(said).toContain(words);
  expect([status, ...changes()]).toEqual([2]);
});

it('a file says every variable that the parameter files of infra read, but for those that have a default for everybody', () => {
  const read = ['dev', 'staging', 'prod'].flatMap((environment) => {
    const text = readFileSync(
      join(import.meta.dirname, `../../../infra/environments/${environment}.bicepparam`),
      'utf8',
    );
    return [...text.matchAll(/readEnvironmentVariable\('(\w+)'/g)].map(([, name = '']) => name);
  });
  const known = new Set<string>(names);
  expect([...new Set(read)].filter((name) => !known.has(name)).toSorted()).toEqual([
    'LEGENDOPS_COST_CENTER',
    'LEGENDOPS_OWNER',
  ]);
  expect(names.filter((name) => name.startsWith('LEGENDOPS_') && !read.includes(name))).toEqual([]);
});
