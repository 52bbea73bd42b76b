import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepare, scenarios, settle } from './crash-scenarios.ts';
import type { Scenario } from './crash-scenarios.ts';
import { forEach } from './for-each.ts';
import type { World } from './operator-world.ts';
import { identityOf, portraitOf } from './portrait.ts';
import type { Portrait } from './portrait.ts';
import type { InWorld } from './tenants-in-world.ts';

const atOnce = 8;

interface Run {
  /** Of the first pass. */
  writes: string[];
  portrait: Portrait;
}

export const crashCases = (world: () => World, t: InWorld): void => {
  const expectLogin = async (name: string, when: string): Promise<void> => {
    const tenantId = (await t.read(name))?.status?.tenantId;
    expect([when, await t.logIn(await t.databaseSecret(name))]).toEqual([when, tenantId]);
  };

  const faultFree = async (name: string, scenario: Scenario): Promise<Run> => {
    await prepare(world(), t, name, scenario);
    world().clock.aheadMs = scenario.aheadMs ?? 0;
    await scenario.act(t, name);
    const operator = await world().newProcess();
    if (scenario.keepsLogin) operator.writes.afterEach = (write) => expectLogin(name, `after ${write}`);
    await operator.pass(name);
    const identity = await identityOf(t, name);
    const writes = [...operator.writes.all];
    await operator.end();
    await settle(world(), t, name, scenario.isOver);
    world().clock.aheadMs = 0;
    return { writes, portrait: await portraitOf(world(), t, name, identity) };
  };

  /** Dies after so many writes, over as many passes as they take. What its objects were then, and whether it died. */
  const dieAfter = async (name: string, count: number): Promise<{ died: boolean; at: string | undefined }> => {
    const operator = await world().newProcess();
    operator.writes.killAfter(count);
    for (let pass = 0; pass < 50 && !operator.writes.killed; pass += 1) {
      await operator.pass(name).catch(() => undefined);
      if (!(await t.read(name))) break;
    }
    await operator.end();
    return { died: operator.writes.killed, at: operator.writes.all.at(-1) };
  };

  describe('an operator that dies after each single write', () => {
    beforeAll(async () => {
      await world().stopOperator();
    });
    afterAll(async () => {
      world().clock.aheadMs = 0;
      await world().restartOperator();
    });

    test.each(scenarios.map((scenario, index) => [scenario.what, scenario, index] as const))(
      '%s: the next one ends it as if nothing had happened',
      async (_what, scenario, index) => {
        const expected = await faultFree(`free-${index}`, scenario);
        // One more than the first pass writes: later passes only look whether what was begun has ended.
        const total = expected.writes.length + 1;
        const names = Array.from({ length: total }, (_, at) => `dies-${index}-${at + 1}`);
        await forEach(names, atOnce, (name) => prepare(world(), t, name, scenario));
        world().clock.aheadMs = scenario.aheadMs ?? 0;
        let deaths = 0;
        await forEach(names, atOnce, async (name, position) => {
          const count = position + 1;
          await scenario.act(t, name);
          const before = await identityOf(t, name);
          const { died, at } = await dieAfter(name, count);
          const identity = before.tenantId === '' ? await identityOf(t, name) : before;
          const when = `${scenario.what}, killed after write ${count} of ${total} (${at})`;
          if (died) deaths += 1;
          if (scenario.keepsLogin) await expectLogin(name, when);
          const { uids } = await portraitOf(world(), t, name, identity);
          await settle(world(), t, name, scenario.isOver);
          const after = await portraitOf(world(), t, name, identity);
          expect({ when, text: after.text }).toEqual({ when, text: expected.portrait.text });
          // Nothing that was there was made anew.
          if (Object.keys(after.uids).length > 0) expect({ when, uids: after.uids }).toMatchObject({ when, uids });
        });
        world().clock.aheadMs = 0;
        expect(deaths).toBeGreaterThanOrEqual(total - 1);
        process.stdout.write(`${scenario.what}: killed after each of ${deaths} writes\n`);
      },
      400_000,
    );

    test('a creation that is then undone: nothing is left', async () => {
      const [creation] = scenarios;
      if (!creation) throw new Error('There is no scenario');
      const { writes } = await faultFree('free-undone', creation);
      await forEach(writes, atOnce, async (_, position) => {
        const count = position + 1;
        const name = `undone-${count}`;
        await t.apply(name, { deletionPolicy: 'Delete' });
        const { at } = await dieAfter(name, count);
        const identity = await identityOf(t, name);
        await t.remove(name);
        await settle(world(), t, name, async () => !(await t.read(name)));
        const { text } = await portraitOf(world(), t, name, identity);
        const nothing = { rows: [null, null, null, null], objects: {}, roles: [], invitations: [] };
        expect({ after: at, ...JSON.parse(text) }).toMatchObject({ after: at, ...nothing });
        // A secret in the vault stays recoverable, and nobody can read it.
        expect(t.vaultSecret(identity.tenantId)).not.toMatchObject({ deletedAt: undefined });
      });
      const orphans = await world().databases.query(
        'billing_db',
        `select rolname from pg_roles where rolname ~ '^t_[0-9a-f]{32}_[ab]$' and not exists
         (select from app.tenants where replace(id::text, '-', '') = substr(rolname, 3, 32))`,
      );
      expect(orphans).toEqual([]);
    }, 400_000);
  });
};
