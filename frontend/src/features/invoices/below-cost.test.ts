import { expect, it } from 'vitest';
import { isBelowCost, lossOf } from './below-cost.ts';

const line = (amountMinor: string, costMinor: string | null) => ({ amountMinor, costMinor });

it.each([
  ['99', '100', true],
  ['100', '100', false],
  ['-200', '-100', false],
  ['0', null, false],
  ['9007199254740992', '9007199254740993', true],
])('an amount of %s at a cost of %s is below it: %s', (amount, cost, expected) => {
  expect(isBelowCost(line(amount, cost))).toBe(expected);
});

it('the loss is that of the lines below cost alone', () => {
  expect(lossOf([line('100', '150'), line('500', '100'), line('0', '7'), line('1', null)])).toBe('57');
  expect(lossOf([line('500', '100')])).toBeUndefined();
});
