import { expect, test } from 'vitest';
import { conditionOf, withCondition, type Condition } from './conditions.ts';

const early = { generation: 1, now: new Date('2026-01-01T00:00:00.500Z') };
const late = { generation: 2, now: new Date('2026-02-01T00:00:00Z') };
const ready = (status: Condition['status'], reason = 'R') => ({ type: 'Ready', status, reason, message: 'm' });

test('a first condition gets its time in whole seconds', () => {
  expect(withCondition([], ready('True'), early)).toEqual([
    { ...ready('True'), observedGeneration: 1, lastTransitionTime: '2026-01-01T00:00:00Z' },
  ]);
});

test.each([
  ['another reason', ready('True', 'Other'), '2026-01-01T00:00:00Z'],
  ['another status', ready('False'), '2026-02-01T00:00:00Z'],
])('the transition time with %s', (_name, value, expected) => {
  const before = withCondition([], ready('True'), early);
  const [condition] = withCondition(before, value, late);
  expect(condition).toEqual({ ...value, observedGeneration: 2, lastTransitionTime: expected });
});

test('the order of a list stays, so that an equal status is equal', () => {
  const other = { ...ready('True'), type: 'Other' };
  const both = withCondition(withCondition([], ready('True'), early), other, early);
  expect(withCondition(both, ready('False'), late).map(({ type }) => type)).toEqual(['Ready', 'Other']);
  expect(conditionOf(both, 'Other')?.type).toBe('Other');
  expect(conditionOf(undefined, 'Other')).toBeUndefined();
});
