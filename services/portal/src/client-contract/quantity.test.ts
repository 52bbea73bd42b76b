import { expect, it } from 'vitest';
import { quantityOf, quantityOn, quantitySteps, quantityText } from './quantity.ts';

const change = (effectiveDate: string | null, quantityChangeOperation: string, quantity: string | null) => ({
  changeId: '1',
  effectiveDate,
  endDate: null,
  quantity,
  quantityChangeOperation,
});

it.each([
  ['45', 45_000_000n, '45'],
  ['45.00', 45_000_000n, '45'],
  ['0', 0n, '0'],
  ['1.5', 1_500_000n, '1.5'],
  ['0.000001', 1n, '0.000001'],
  ['1.50000000', 1_500_000n, '1.5'],
])('a quantity of %s is read as its digits', (text, quantityE6, shown) => {
  expect(quantityOf(text)).toBe(quantityE6);
  expect(quantityText(quantityE6)).toBe(shown);
});

it.each([null, '', 'many', '-1', '1,000', '1e3', '1.0000001', '99999999999999'])('%s is no quantity', (text) =>
  expect(quantityOf(text)).toBeUndefined(),
);

it('a contract has what its changes make of it, each from its day on, in whatever order they are listed', () => {
  const steps = quantitySteps([
    change('2026-03-01', 'DECREASE', '2'),
    change('2026-01-01', 'BASELINE', '40'),
    change('2026-02-01T00:00:00', 'INCREASE', '5.0'),
    change('2026-03-01', 'BASELINE', '50'),
  ]);
  expect(steps?.map(({ from, quantityE6 }) => [from, quantityText(quantityE6)])).toEqual([
    ['2026-01-01', '40'],
    ['2026-02-01', '45'],
    ['2026-03-01', '43'],
    ['2026-03-01', '50'],
  ]);
  expect(['2025-12-31', '2026-01-31', '2026-02-28', '2026-04-01'].map((day) => quantityOn(steps ?? [], day))).toEqual([
    0n,
    40_000_000n,
    45_000_000n,
    50_000_000n,
  ]);
});

it.each([
  ['an operation of next year', change('2026-01-01', 'DOUBLE', '1')],
  ['no day', change(null, 'BASELINE', '1')],
  ['another day', change('soon', 'BASELINE', '1')],
  ['no quantity', change('2026-01-01', 'BASELINE', null)],
  ['fewer than none', change('2026-01-01', 'DECREASE', '1')],
])('%s is not guessed', (_what, odd) => expect(quantitySteps([odd])).toBeUndefined());
