import { locate } from './locate.ts';
import type { PreparedInput } from './prepared-input.ts';
import { priceLine } from './price-lines.ts';
import type { FoundException } from './rating-values.ts';
import type { Source } from './sources.ts';

const ofOne = (input: PreparedInput, source: Source): FoundException['amount'] => {
  const { rule, costMinor } = locate(input, source);
  const minor = rule ? priceLine({ billed: source, rule, costMinor }).amountMinor : costMinor;
  return minor === null ? undefined : { minor, currency: source.currency };
};

/** What these would be billed for; at Pax8's cost where they have no price, undefined where one is not known. */
export const worthOf = (input: PreparedInput, sources: readonly Source[]): FoundException['amount'] => {
  const amounts = sources.map((source) => ofOne(input, source));
  const [first] = amounts;
  if (!first || amounts.some((amount) => amount?.currency !== first.currency)) return undefined;
  return { minor: amounts.reduce((sum, amount) => sum + (amount?.minor ?? 0n), 0n), currency: first.currency };
};
