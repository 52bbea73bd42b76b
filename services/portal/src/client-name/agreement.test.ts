import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextOf, type Names } from './agreement.ts';

const agreed = { ours: 'Fabrikam', theirs: 'Fabrikam Inc.' };

it.each([
  ['nothing was changed', agreed, 'nothing'],
  ['ours was changed', { ...agreed, ours: 'Fabrikam Two' }, 'send'],
  ['theirs was changed', { ...agreed, theirs: 'Fabrikam Two' }, 'take'],
  ['both were changed to the same', { ours: 'Fabrikam Two', theirs: 'Fabrikam Two' }, 'nothing'],
  ['both were changed, to two names', { ours: 'Fabrikam Two', theirs: 'Fabrikam Three' }, 'ask'],
] as const)('where %s', (_what, now, next) => expect(nextOf(now, agreed)).toBe(next));

it('names that differ when they are first seen are left so', () => {
  expect(nextOf({ ours: 'Fabrikam', theirs: 'Fab' }, null)).toBe('nothing');
});

/** What becomes of two names when each round does what is next. */
const round = (now: Names, known: Names): { now: Names; agreed: Names } => {
  const next = nextOf(now, known);
  if (next === 'ask') return { now, agreed: known };
  const both = next === 'send' ? { ...now, theirs: now.ours } : next === 'take' ? { ...now, ours: now.theirs } : now;
  return { now: both, agreed: both };
};

it('the two never fight: whatever was changed, a second round finds nothing to do, or the same question', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const names = fc.record({ ours: name, theirs: name });
  fc.assert(
    fc.property(names, names, (before, now) => {
      const first = round(now, before);
      const again = nextOf(first.now, first.agreed);
      expect(again).toBe(nextOf(now, before) === 'ask' ? 'ask' : 'nothing');
    }),
  );
});
