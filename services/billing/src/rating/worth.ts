import { locate } from './locate.ts';
import type { PreparedInput } from './prepared-input.ts';
import { priceLines } from './price-lines.ts';
import type { FoundException } from './rating-values.ts';
import type { Source } from './source.ts';
import { stretchesOf } from './stretches.ts';

// A stretch of another month than the input's is priced by its first day alone.
const ofOne = (input: PreparedInput, source: Source): FoundException['amount'] => {
  const isOfPeriod = source.priceOn >= input.period.start && source.priceOn < input.period.end;
  const located = (isOfPeriod ? stretchesOf(input, [source]) : [source]).map((part) => locate(input, part));
  const priced = located.flatMap(({ source: billed, rule, costMinor }) => (rule ? [{ billed, rule, costMinor }] : []));
  const minors =
    priced.length === located.length
      ? priceLines(priced).map(({ amountMinor }) => amountMinor)
      : located.map(({ costMinor }) => costMinor);
  const sum = minors.reduce((all, minor) => (all === null || minor === null ? null : all + minor), 0n);
  return sum === null ? undefined : { minor: sum, currency: source.currency };
};

/** What these would be billed for; at Pax8's cost where they have no price, undefined where one is not known. */
export const worthOf = (input: PreparedInput, sources: readonly Source[]): FoundException['amount'] => {
  const amounts = sources.map((source) => ofOne(input, source));
  const [first] = amounts;
  if (!first || amounts.some((amount) => amount?.currency !== first.currency)) return undefined;
  return { minor: amounts.reduce((sum, amount) => sum + (amount?.minor ?? 0n), 0n), currency: first.currency };
};
