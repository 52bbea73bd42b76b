import { dayOf } from '../superops/instant.ts';
import type { QuantityChange } from '../superops/objects.ts';

// Quantities are texts of decimal digits; here they are whole millionths, so that "45" and "45.00" are one.
const digits = 6;

/** Millionths; undefined for what is no quantity. */
export const quantityOf = (text: string | null): bigint | undefined => {
  const match = /^(\d{1,13})(?:\.(\d{1,6})0*)?$/.exec(text ?? '');
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  return BigInt(`${whole}${fraction.padEnd(digits, '0')}`);
};

export const quantityText = (quantityE6: bigint): string => {
  const text = quantityE6.toString().padStart(digits + 1, '0');
  const fraction = text.slice(-digits).replace(/0+$/, '');
  return `${text.slice(0, -digits)}${fraction === '' ? '' : `.${fraction}`}`;
};

export interface QuantityStep {
  from: string;
  quantityE6: bigint;
}

const after = (held: bigint, operation: string, byE6: bigint): bigint | undefined => {
  if (operation === 'BASELINE') return byE6;
  if (operation === 'INCREASE') return held + byE6;
  if (operation === 'DECREASE') return held - byE6;
  return undefined;
};

/** What a contract has from which day on, in their order; undefined where a change of it says something that nobody knows. */
export const quantitySteps = (changes: readonly QuantityChange[]): QuantityStep[] | undefined => {
  const dated = changes.map((change) => ({ ...change, day: dayOf(change.effectiveDate) ?? '' }));
  const steps: QuantityStep[] = [];
  let held = 0n;
  for (const { day, quantity, quantityChangeOperation } of dated.toSorted((a, b) => a.day.localeCompare(b.day))) {
    const by = quantityOf(quantity);
    const next = by === undefined ? undefined : after(held, quantityChangeOperation, by);
    if (day === '' || next === undefined || next < 0n) return undefined;
    held = next;
    steps.push({ from: day, quantityE6: held });
  }
  return steps;
};

/** What is held on a day; none before the first. */
export const quantityOn = (steps: readonly QuantityStep[], day: string): bigint =>
  steps.findLast(({ from }) => from <= day)?.quantityE6 ?? 0n;
