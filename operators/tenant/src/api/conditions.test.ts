import { expect, test } from 'vitest';
import { phases } from '../phases/all-phases.ts';
import type { ReasonEntry } from './condition-entry.ts';
import { aspects, conditions } from './conditions.ts';
import { reasonsOfReady } from './ready.ts';
import { reasonsOfAll } from './reasons-of-all.ts';

const all: [name: string, entry: ReasonEntry][] = [
  ...Object.entries(reasonsOfReady),
  ...Object.entries(reasonsOfAll),
  ...aspects.flatMap((type) => Object.entries<ReasonEntry>(conditions[type].reasons)),
];

test('each condition is spoken of by one phase', () => {
  const spoken = phases.flatMap(({ conditions: of }) => [...of]);
  expect([...spoken].sort()).toEqual([...aspects].sort());
  expect(new Set(spoken).size).toBe(spoken.length);
});

test.each(all)(
  '%s says what it means, and what to do unless all is well',
  (_name, { status, meaning, remedy, needs }) => {
    expect(meaning).toMatch(/\.$/);
    if (status !== 'True') expect(remedy).toMatch(/^.+\.$/);
    if (needs !== undefined) expect(status).toBe('False');
  },
);

test('no condition has a reason of its own that all of them have', () => {
  const own = new Set(aspects.flatMap((type) => Object.keys(conditions[type].reasons)));
  expect(Object.keys(reasonsOfAll).filter((reason) => own.has(reason))).toEqual([]);
});
