import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StatusError } from '@legendops/operator-runtime/client/status-error';
import { isReady, settle } from './crash-scenarios.ts';
import { forEach } from './for-each.ts';
import type { OperatorProcess, World } from './operator-world.ts';
import { directoryOf, portraitOf } from './portrait.ts';
import { hostileValues, validSpec } from './spec-values.ts';
import type { GeneratedSpec, Hostile, Path } from './spec-values.ts';
import type { InWorld, Spec } from './tenants-in-world.ts';

const transitions = 14;
const atOnce = 8;

const specOf = (name: string, { directories, ...spec }: GeneratedSpec): Spec => ({
  ...spec,
  ...(directories && { directories: directories.map((index) => directoryOf(name, index)) }),
});

/** A spec with this value at this place. */
const withValue = (name: string, path: Path, value: unknown): Spec => {
  const spec: Spec = {
    displayName: 'Northwind IT',
    billing: { currency: 'USD' },
    directories: [directoryOf(name, 1)],
    admins: [{ email: 'ada@northwind.example', name: 'Ada' }],
  };
  let at = spec as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) {
    at[step] ??= {};
    at = at[step] as Record<string | number, unknown>;
  }
  at[path.at(-1) ?? ''] = value;
  return spec;
};

const nameOf = ({ path, what }: Hostile): string => `${path.join('.')}: ${what}`;

export const specCases = (world: () => World, t: InWorld): void => {
  const isDecided = async (_: InWorld, name: string): Promise<boolean> => {
    const tenant = await t.read(name);
    const ready = t.conditionOf(tenant, 'Ready');
    return (
      ready !== undefined &&
      ready.observedGeneration === tenant?.metadata.generation &&
      ready.reason !== 'TemporaryFailure'
    );
  };

  describe('specs from the schema', () => {
    beforeAll(() => world().stopOperator());
    afterAll(async () => {
      await world().restartOperator();
    });

    test(`${transitions} changes from any spec to any other come to what a fresh tenant of the other has`, async () => {
      let round = 0;
      const bad = fc.constantFrom(undefined, { timeZone: 'Mars/Olympus' }, { usageSync: { schedule: '61 4 * * *' } });
      const property = fc.asyncProperty(validSpec, validSpec, bad, async (from, to, mistake) => {
        round += 1;
        const [changed, fresh] = [`changed-${round}`, `fresh-${round}`];
        const before = specOf(changed, from);
        await t.apply(changed, mistake ? { ...before, billing: { currency: 'USD', ...mistake } } : before);
        await settle(world(), t, changed, mistake ? isDecided : isReady);
        await t.apply(changed, specOf(changed, to));
        await t.apply(fresh, specOf(fresh, to));
        await settle(world(), t, changed, isReady);
        await settle(world(), t, fresh, isReady);
        const [one, other] = [await portraitOf(world(), t, changed), await portraitOf(world(), t, fresh)];
        expect(JSON.parse(one.text)).toEqual(JSON.parse(other.text));
      });
      const seed = Date.now() % 1_000_000;
      process.stdout.write(`changes of specs with seed ${seed}\n`);
      await fc.assert(property, { seed, numRuns: transitions, endOnFailure: true });
    }, 400_000);

    test('values at and beyond every bound are refused at the door, or lead to a condition, alike on every API', async () => {
      const hostile = hostileValues();
      const outcomes: string[] = [];
      const operator = await world().newProcess();
      await forEach(hostile, atOnce, async (one, index) => {
        outcomes.push(`${nameOf(one)} -> ${await outcomeOf(operator, `hostile-${index}`, one)}`);
      });
      await operator.end();
      process.stdout.write(`${hostile.length} hostile values\n`);
      await expect(`${outcomes.sort().join('\n')}\n`).toMatchFileSnapshot('./hostile-values.txt');
    }, 400_000);
  });

  const outcomeOf = async (operator: OperatorProcess, name: string, { path, value }: Hostile): Promise<string> => {
    try {
      await t.apply(name, withValue(name, path, value));
    } catch (error) {
      expect(await t.read(name)).toBeUndefined();
      if (!(error instanceof StatusError)) throw error;
      return 'refused';
    }
    for (let pass = 0; pass < 5 && !(await isDecided(t, name)); pass += 1)
      await operator.pass(name).catch(() => undefined);
    const ready = t.conditionOf(await t.read(name), 'Ready');
    await t.remove(name);
    for (let pass = 0; pass < 200 && (await t.read(name)); pass += 1) await operator.pass(name);
    return `admitted, ${ready?.status === 'True' ? 'ready' : (ready?.reason ?? 'undecided')}`;
  };
};
