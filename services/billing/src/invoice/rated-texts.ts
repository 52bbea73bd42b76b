import type { RatedContent } from '../rating/rating-values.ts';

/** What the rating says of a line, as it is kept beside what a person made of it: integers as texts, for JSON. */
export interface RatedTexts {
  description: string;
  quantityE6: string;
  unitPriceE8: string;
  amountMinor: string;
}

export const ratedTexts = ({ description, quantityE6, unitPriceE8, amountMinor }: RatedContent): RatedTexts => ({
  description,
  quantityE6: quantityE6.toString(),
  unitPriceE8: unitPriceE8.toString(),
  amountMinor: amountMinor.toString(),
});

export const ratedContent = ({ description, quantityE6, unitPriceE8, amountMinor }: RatedTexts): RatedContent => ({
  description,
  quantityE6: BigInt(quantityE6),
  unitPriceE8: BigInt(unitPriceE8),
  amountMinor: BigInt(amountMinor),
});

/** Whether what is kept is what the rating says now. */
export const isSameRated = (rated: RatedContent | null | undefined, stored: RatedTexts | null): boolean => {
  if (!rated || stored === null) return !rated && stored === null;
  const { description, quantityE6, unitPriceE8, amountMinor } = ratedTexts(rated);
  return (
    description === stored.description &&
    quantityE6 === stored.quantityE6 &&
    unitPriceE8 === stored.unitPriceE8 &&
    amountMinor === stored.amountMinor
  );
};
