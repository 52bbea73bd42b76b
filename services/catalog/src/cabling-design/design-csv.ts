import { csvText } from '@legendops/kit/http/csv-text';
import type { CablingDesign } from './contract.ts';
import { amountWords, cableWords, runOf, standing } from './design-sheet.ts';

/** What to order, line by line. An amount that is not known is empty, and its reason stands beside it. */
export const billCsv = ({ bill }: CablingDesign): string =>
  csvText([
    [
      'sku',
      'name',
      'uses',
      'needed',
      'quantity',
      'unit',
      'packages',
      'pack size',
      'unit price',
      'amount',
      'currency',
      'problem',
    ],
    ...bill.lines.map((line) => [
      line.sku,
      line.name,
      line.uses.join('; '),
      line.needed?.toString() ?? '',
      line.quantity?.toString() ?? '',
      line.unit,
      line.packages?.toString() ?? '',
      line.packSize.toString(),
      amountWords(line.unitPriceMinor, bill.currency),
      amountWords(line.amountMinor, bill.currency),
      line.amountMinor === null ? '' : (bill.currency ?? ''),
      line.problem ?? '',
    ]),
  ]);

/** Every link with the labels of both its ends, for the printer of labels and for whoever pulls the cables. */
export const linksCsv = (design: CablingDesign): string => {
  const labels = new Map(design.labels.map((label) => [label.key, label]));
  return csvText([
    ['label', 'at the panel', 'at the outlet', 'to', 'cable', 'run m', 'state'],
    ...design.content.links.map((link) => {
      const label = labels.get(link.key);
      return [
        label?.id ?? '',
        label?.atPanel ?? '',
        label?.atOutlet ?? '',
        link.to,
        cableWords(link),
        runOf(design, link),
        standing(design, 'link', link.key),
      ];
    }),
  ]);
};
