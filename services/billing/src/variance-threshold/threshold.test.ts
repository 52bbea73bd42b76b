import { expect, it } from 'vitest';
import { reaches, usualThreshold } from './threshold.ts';

it.each([
  ['five units of its currency, and nobody has said otherwise', 500n, 1_000_000n, usualThreshold('USD'), true],
  ['a minor unit less', 499n, 499n, usualThreshold('USD'), false],
  ['five yen, which have no smaller part', 5n, 1_000n, usualThreshold('JPY'), true],
  ['the amount, though it is a small share', 500n, 1_000_000n, { amountMinor: 500n, sharePpm: 20_000 }, true],
  ['the share to the minor unit, though not the amount', 2n, 100n, { amountMinor: 500n, sharePpm: 20_000 }, true],
  ['neither', 1n, 100n, { amountMinor: 500n, sharePpm: 20_000 }, false],
  ['an amount of nothing, from which on everything is told', 1n, 100n, { amountMinor: 0n, sharePpm: null }, true],
  ['no money at all', 0n, 0n, { amountMinor: 0n, sharePpm: 1 }, false],
])('%s', (_title, stakeMinor, ofMinor, threshold, isTold) => {
  expect(reaches({ stakeMinor, ofMinor }, threshold)).toBe(isTold);
});
