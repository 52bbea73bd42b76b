import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hexOf } from '@legendops/tenant-operator/api/tenant';
import { namespaces } from '@legendops/tenant-operator/owned/resources';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

const directories = ['aaaaaaaa-0000-4000-8000-000000000066'];
const halfAMinute = 30_000;

/** Something that keeps a tenant from being ready, and how a person takes it away. */
interface Obstacle {
  name: string;
  aspect: string;
  reason: string;
  spec?: Record<string, unknown>;
  put: (world: World, t: InWorld, name: string) => Promise<() => Promise<unknown>>;
}

const obstacles: Obstacle[] = [
  {
    name: 'soon-name',
    aspect: 'Registered',
    reason: 'NameTaken',
    put: async (world, _t, name) => {
      const text = `select app.register_tenant(gen_random_uuid(), $1, 'X', 'active', '{}', '{}', gen_random_uuid(), null)`;
      await world.databases.query('portal_db', text, [name]);
      return () => world.databases.query('portal_db', 'delete from app.tenants where name = $1', [name]);
    },
  },
  {
    name: 'soon-namespace',
    aspect: 'NamespaceReady',
    reason: 'NamespaceTaken',
    put: async (world, _t, name) => {
      const key = { name: `tenant-${name}` };
      const { metadata } = await world.kube.create(namespaces, { metadata: key });
      return async () => {
        await world.kube.remove(namespaces, key, { uid: metadata.uid ?? '' });
      };
    },
  },
  {
    name: 'soon-directory',
    aspect: 'Registered',
    reason: 'DirectoryTaken',
    spec: { directories },
    put: async (world) => {
      const values = ['01980000-0000-7000-8000-000000000066', directories[0]];
      await world.databases.query(
        'auth_db',
        'insert into auth.directories (tenant_id, directory_id) values ($1, $2)',
        values,
      );
      return () =>
        world.databases.query('auth_db', 'delete from auth.directories where directory_id = $1', [directories[0]]);
    },
  },
];

/** What waits for a person is looked at again soon after they acted, whether or not an event tells of it. */
export const recoveryCases = (world: () => World, t: InWorld): void => {
  describe('a cause that is taken away is noticed soon, without an event and long before the next full pass', () => {
    beforeAll(() => t.removeAll());
    afterEach(() => {
      world().clock.aheadMs = 0;
    });
    afterAll(async () => {
      await world().restartOperator();
    });

    test.each(obstacles.map((obstacle) => [obstacle.reason, obstacle] as const))('%s', async (reason, obstacle) => {
      const { name, aspect, spec = {}, put } = obstacle;
      await world().restartOperator({ fullPassMs: 3_600_000 });
      const take = await put(world(), t, name);
      await t.apply(name, spec);
      expect(await t.reason(name, aspect, reason)).toMatchObject({ status: 'False' });
      expect(t.conditionOf(await t.read(name), 'Stalled')).toMatchObject({ status: 'True', reason });
      await take();
      await t.ready(name);
    });

    test('the longer it has waited the longer it waits, and never over half a minute', async () => {
      const free = () =>
        world().databases.query('auth_db', 'delete from auth.directories where directory_id = $1', [directories[0]]);
      const somebody = '01980000-0000-7000-8000-000000000077';
      const insert = 'insert into auth.directories (tenant_id, directory_id) values ($1, $2)';
      await t.remove('soon-directory');
      await t.gone('soon-directory');
      await free();
      await world().databases.query('auth_db', insert, [somebody, directories[0]]);
      await world().stopOperator();
      await t.apply('patient', { directories });
      const operator = await world().newProcess();
      const waits: (number | undefined)[] = [];
      for (const aheadMs of [0, 60_000, 24 * 3_600_000]) {
        world().clock.aheadMs = aheadMs;
        waits.push((await operator.pass('patient')).requeueAfterMs);
      }
      await operator.end();
      expect(waits[0]).toBeLessThan(waits[1] ?? 0);
      expect(waits[1]).toBeLessThan(waits[2] ?? 0);
      expect(waits[2]).toBe(halfAMinute);
      await free();
    });

    test('a vault secret that was disabled, and a login that was widened', async () => {
      await world().restartOperator({ fullPassMs: 3_600_000 });
      const tenantId = await t.created('soon-vault');
      const stored = world().vault.vault.secrets.live(`tenant-${hexOf(tenantId)}-database`);
      for (const version of stored.versions) version.enabled = false;
      await t.apply('soon-vault', { displayName: 'Again' });
      await t.reason('soon-vault', 'SecretsReady', 'SecretDisabled');
      for (const version of stored.versions) version.enabled = true;
      await t.ready('soon-vault');
      const login = `t_${hexOf(tenantId)}_a`;
      await world().databases.query('billing_db', `alter role ${login} createdb`);
      await t.apply('soon-vault', { displayName: 'And again' });
      await t.reason('soon-vault', 'DatabaseReady', 'LoginDrifted');
      await world().databases.query('billing_db', `alter role ${login} nocreatedb`);
      await t.ready('soon-vault');
    });

    test('what only another spec mends is not asked for again', async () => {
      await world().stopOperator();
      await t.apply('of-its-spec', { billing: { currency: 'USD', timeZone: 'Mars/Olympus' } });
      const operator = await world().newProcess();
      const { requeueAfterMs } = await operator.pass('of-its-spec');
      await operator.end();
      expect(requeueAfterMs).toBeGreaterThan(halfAMinute);
    });
  });
};
