import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '@legendops/kit/testing/eventually';
import { isReady, prepare, scenarios, settle } from './crash-scenarios.ts';
import type { Scenario } from './crash-scenarios.ts';
import { forEach } from './for-each.ts';
import type { World } from './operator-world.ts';
import { identityOf, portraitOf } from './portrait.ts';
import type { Identity } from './portrait.ts';
import type { InWorld } from './tenants-in-world.ts';

const paused = ['a creation', 'a change', 'a rotation', 'a deletion that deletes'];
const named = (what: string): Scenario => {
  const found = scenarios.find((scenario) => scenario.what === what);
  if (!found) throw new Error(`There is no scenario ${what}`);
  return found;
};

interface End {
  status: { database: { activeSlot?: string } };
  roles: { name: string }[];
  vault: { versions: unknown[] }[];
}

/**
 * The slots by their use: who finds a pending password of another in the slot that jobs use already leaves it and takes the
 * other slot, so two rotations at once end in either.
 */
const bySlotUse = (end: End): End => {
  const active = end.status.database.activeSlot;
  const text = JSON.stringify(end).replaceAll(
    /(t_<hex>_|"(?:activeSlot|slot)":")([ab])\b/g,
    (_, before: string, slot: string) => `${before}${slot === active ? 'active' : 'idle'}`,
  );
  const renamed = JSON.parse(text) as End;
  return { ...renamed, roles: renamed.roles.toSorted((one, other) => one.name.localeCompare(other.name)) };
};

/** The rotation was done and jobs have its password, in whichever slot. */
const isRotated: Scenario['isOver'] = async (t, name) => {
  const { tenantId = '', database } = (await t.read(name))?.status ?? {};
  const tags = t.vaultSecret(tenantId)?.versions.at(-1)?.tags;
  return (
    (await isReady(t, name)) && tags?.state === 'current' && tags.rotate !== '' && tags.slot === database?.activeSlot
  );
};

export const leaderCases = (world: () => World, t: InWorld): void => {
  /** What there is in the end; of a secret's versions the newest, for two that act at once may each have made one. */
  const end = async (name: string, identity: Identity): Promise<End> => {
    const { text } = await portraitOf(world(), t, name, identity);
    const portrait = JSON.parse(text) as End;
    return { ...portrait, vault: portrait.vault.map((secret) => ({ ...secret, versions: secret.versions.slice(-1) })) };
  };
  const expectedEnd = async (name: string, scenario: Scenario): Promise<{ end: End; writes: number }> => {
    await prepare(world(), t, name, scenario);
    await scenario.act(t, name);
    const operator = await world().newProcess();
    await operator.pass(name);
    await operator.end();
    const identity = await identityOf(t, name);
    const writes = operator.writes.all.length;
    await settle(world(), t, name, scenario.isOver);
    return { end: await end(name, identity), writes };
  };

  describe('more than one that thinks it leads', () => {
    beforeAll(() => world().stopOperator());
    afterAll(async () => {
      await world().restartOperator();
    });

    test.each(paused)(
      '%s: a leader that was paused after any write, and wakes when another has done the work, writes nothing more',
      async (what) => {
        const scenario = named(what);
        const expected = await expectedEnd(`awake-${paused.indexOf(what)}`, scenario);
        const names = Array.from({ length: expected.writes }, (_, at) => `paused-${paused.indexOf(what)}-${at + 1}`);
        await forEach(names, 6, (name) => prepare(world(), t, name, scenario));
        await forEach(names, 6, async (name, index) => {
          await scenario.act(t, name);
          let leads = true;
          const sleeping = Promise.withResolvers<void>();
          const awake = Promise.withResolvers<void>();
          const sleeper = await world().newProcess({ leads: () => leads });
          sleeper.writes.afterEach = async () => {
            // Those that were under way beside it are done by the server, and find nobody awake either.
            if (sleeper.writes.all.length <= index) return;
            sleeping.resolve();
            await awake.promise;
          };
          const before = await identityOf(t, name);
          const pass = sleeper.pass(name).catch(() => undefined);
          await Promise.race([sleeping.promise, pass]);
          const identity = before.tenantId === '' ? await identityOf(t, name) : before;
          const at = sleeper.writes.all.at(-1);
          await settle(world(), t, name, scenario.isOver);
          leads = false;
          const sentBefore = sleeper.writes.sent.length;
          awake.resolve();
          await pass;
          const later = sleeper.writes.sent.slice(sentBefore);
          await sleeper.end();
          expect({ name, at, later, end: await end(name, identity) }).toEqual({
            name,
            at,
            later: [],
            end: expected.end,
          });
        });
        process.stdout.write(`${what}: paused after each of ${names.length} writes\n`);
      },
      400_000,
    );

    test.each(['a creation', 'a change', 'a rotation', 'a deletion that deletes', 'a deletion that retains'])(
      '%s by two at once comes to the same end, once',
      async (what) => {
        const scenario = named(what);
        const isOver = what === 'a rotation' ? isRotated : scenario.isOver;
        const prefix = `two-${what.replaceAll(' ', '-').slice(0, 20)}`;
        const expected = await expectedEnd(`${prefix}-one`, scenario);
        const names = Array.from({ length: 5 }, (_, at) => `${prefix}-${at}`);
        await forEach(names, 6, (name) => prepare(world(), t, name, scenario));
        await forEach(names, 5, async (name) => {
          await scenario.act(t, name);
          let identity = await identityOf(t, name);
          const both = await Promise.all([world().newProcess(), world().newProcess()]);
          await eventually(`${name} is done`, async () => {
            await Promise.allSettled(both.map((operator) => operator.pass(name)));
            if (identity.tenantId === '') identity = await identityOf(t, name);
            return isOver(t, name);
          });
          for (const operator of both) await operator.end();
          await settle(world(), t, name, isOver);
          expect({ name, end: bySlotUse(await end(name, identity)) }).toEqual({ name, end: bySlotUse(expected.end) });
        });
      },
      240_000,
    );
  });
};
