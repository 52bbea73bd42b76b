import { costMinorOf } from './cost.ts';
import { locate } from './locate.ts';
import { priceLines } from './price-lines.ts';
import type { FoundException, RatingInput } from './rating-values.ts';
import type { Source } from './sources.ts';

const ofOne = (input: RatingInput, source: Source): FoundException['amount'] => {
  const located = locate(input, source);
  const minor =
    'priced' in located
      ? priceLines([located.priced]).reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
      : costMinorOf(source);
  return minor === null ? undefined : { minor, currency: source.currency };
};

/** What these would be billed for; at Pax8's cost where they have no price, undefined where one is not known. */
export const worthOf = (input: RatingInput, sources: readonly Source[]): FoundException['amount'] => {
  const amounts = sources.map((source) => ofOne(input, source));
  const [first] = amounts;
  if (!first || amounts.some((amount) => amount?.currency !== first.currency)) return undefined;
  return { minor: amounts.reduce((sum, amount) => sum + (amount?.minor ?? 0n), 0n), currency: first.currency };
};
