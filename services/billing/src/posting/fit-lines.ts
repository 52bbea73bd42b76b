import type { LineRules } from '../link/sale-rules.ts';
import { asOne, type CustomerLine } from './customer-line.ts';

/** QuickBooks takes so many lines of an invoice that is taxed. */
export const mostLines = 750;

export interface FittedLine extends LineRules, CustomerLine {}

interface SoldLine extends FittedLine {
  productId: string | null;
}

const keyOf = ({ itemId, taxCode }: LineRules): string => `${itemId}\n${taxCode ?? ''}`;

const together = (lines: readonly SoldLine[], description: string): SoldLine | undefined => {
  const [first] = lines;
  return (
    first && {
      ...first,
      ...asOne(
        description,
        lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      ),
    }
  );
};

const grouped = (lines: readonly SoldLine[], by: (line: SoldLine) => string): SoldLine[][] => [
  ...Map.groupBy(lines, by).values(),
];

const size = ({ amountMinor }: SoldLine): bigint => (amountMinor < 0n ? -amountMinor : amountMinor);

/**
 * An invoice of more lines than QuickBooks takes, put together by a rule that its lines say: first the lines of one product
 * become one, then the smallest of what is left, by their item and tax code. The total and the tax stay as they were.
 */
export const fitLines = (lines: readonly SoldLine[], most = mostLines): FittedLine[] => {
  const plain = (fitted: readonly SoldLine[]): FittedLine[] =>
    fitted.map(({ description, quantityE6, unitPriceE8, amountMinor, itemId, taxCode }) => ({
      description,
      quantityE6,
      unitPriceE8,
      amountMinor,
      itemId,
      taxCode,
    }));
  if (lines.length <= most) return plain(lines);
  const byProduct = grouped(lines, (line) => `${keyOf(line)}\n${line.productId ?? line.description}`).flatMap(
    (same) =>
      (same.length === 1
        ? same[0]
        : together(same, `${same[0]?.description ?? ''} and ${same.length - 1} more of this product`)) ?? [],
  );
  if (byProduct.length <= most) return plain(byProduct);
  const kinds = new Set(byProduct.map(keyOf)).size;
  const bySize = byProduct.toSorted((one, other) => Number(size(other) - size(one)));
  const kept = new Set(bySize.slice(0, most - kinds));
  const rest = grouped(
    byProduct.filter((line) => !kept.has(line)),
    keyOf,
  ).flatMap((same) => together(same, `${same.length} smaller amounts together; LegendOps has each of them`) ?? []);
  return plain([...byProduct.filter((line) => kept.has(line)), ...rest]);
};
