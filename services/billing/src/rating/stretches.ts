import type { PreparedInput } from './prepared-input.ts';
import { addDays, daysBetween } from './period.ts';
import { sharesOf } from './proration.ts';
import type { Source } from './source.ts';

const endOf = ({ priceOn, share }: Source): string => addDays(priceOn, share.days);

/** A stretch of a month as the pieces in which one price holds; the first keeps the stretch's key. */
const cutAtPrices = (
  { book, isRepriced, period, currency }: PreparedInput,
  source: Source,
  customerId: string,
): Source[] => {
  const { productId, billingTerm, priceOn } = source;
  const asked = { customerId, productId, billingTerm, currency };
  // Dates are dear.
  if (!isRepriced || book.changes(asked, { from: priceOn, to: period.end }).length === 0) return [source];
  const end = endOf(source);
  const starts = [priceOn, ...book.changes(asked, { from: priceOn, to: end })];
  if (starts.length === 1) return [source];
  return starts.map((from, index) => ({
    ...source,
    sourceKey: index === 0 ? source.sourceKey : `${source.sourceKey}:${from}`,
    description: `${source.description}, at the price of ${index === 0 ? `before ${starts[1] ?? end}` : from}`,
    share: { days: daysBetween(from, starts[index + 1] ?? end), of: source.share.of },
    priceOn: from,
  }));
};

/**
 * The stretches of one thing that is billed by the month: cut where its price changes, each with its share of the month by
 * the organisation's way of counting days.
 */
export const stretchesOf = (input: PreparedInput, sources: readonly Source[]): readonly Source[] => {
  if (sources[0]?.billingTerm !== 'Monthly' || (!input.isRepriced && input.proration === 'actual')) return sources;
  const pieces = sources.flatMap((source) => {
    const customer = input.customerOf(source.companyId);
    return customer ? cutAtPrices(input, source, customer.id) : [source];
  });
  if (input.proration === 'actual') return pieces;
  const shares = sharesOf(
    pieces.map((piece) => ({ from: piece.priceOn, to: endOf(piece) })),
    input.period,
    input.proration,
  );
  return pieces.map((piece, index) => ({ ...piece, share: shares[index] ?? piece.share }));
};
