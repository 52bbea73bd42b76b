import { isStorable } from '@legendops/kit/db/storable';
import { dayOf } from '../superops/instant.ts';
import type { QuantityChange } from '../superops/objects.ts';

// Quantities are texts of decimal digits; here they are whole millionths, so that "45" and "45.00" are one.
const digits = 6;

/** Millionths; undefined for what is no quantity, or more than a column holds. */
export const quantityOf = (text: string | null): bigint | undefined => {
  const match = /^(\d{1,13})(?:\.(\d{1,6})0*)?$/.exec(text ?? '');
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  const quantityE6 = BigInt(`${whole}${fraction.padEnd(digits, '0')}`);
  return isStorable(quantityE6) ? quantityE6 : undefined;
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

type Dated = QuantityChange & { day: string };

/** Of one day what ended on it stands before what holds from it on: a list comes in any order. */
const byDay = (one: Dated, other: Dated): number => {
  const lasts = ({ day, endDate }: Dated): number => (endDate !== null && (dayOf(endDate) ?? '') <= day ? 0 : 1);
  return one.day.localeCompare(other.day) || lasts(one) - lasts(other);
};

/** What a contract has from which day on, in their order; undefined where a change of it says something that nobody knows. */
export const quantitySteps = (changes: readonly QuantityChange[]): QuantityStep[] | undefined => {
  const dated = changes.map((change) => ({ ...change, day: dayOf(change.effectiveDate) ?? '' }));
  const steps: QuantityStep[] = [];
  let held = 0n;
  for (const { day, quantity, quantityChangeOperation } of dated.toSorted(byDay)) {
    const by = quantityOf(quantity);
    const next = by === undefined ? undefined : after(held, quantityChangeOperation, by);
    if (day === '' || next === undefined || next < 0n || !isStorable(next)) return undefined;
    held = next;
    steps.push({ from: day, quantityE6: held });
  }
  return steps;
};

/** What is held on a day; none before the first. */
export const quantityOn = (steps: readonly QuantityStep[], day: string): bigint =>
  steps.findLast(({ from }) => from <= day)?.quantityE6 ?? 0n;
