import { csvText } from '@legendops/kit/http/csv-text';
import { amountText } from '../rating/currency.ts';
import type { ShadowLine } from './contract.ts';

const header = [
  'month',
  'customer',
  'currency',
  'outcome',
  'our line',
  'our amount',
  'kind in QuickBooks',
  'number in QuickBooks',
  'line in QuickBooks',
  'amount in QuickBooks',
  'difference',
  'taken for one by',
];

/** Every line of a shadow run; amounts in whole units of their currency. */
export const shadowRunAsCsv = (period: string, lines: readonly ShadowLine[]): string =>
  csvText([
    header,
    ...lines.map(({ customerName, currency, outcome, ours, theirs, pairedBy }) => [
      period.slice(0, 7),
      customerName,
      currency,
      outcome,
      ours?.description ?? '',
      ours ? amountText(BigInt(ours.amountMinor), currency) : '',
      theirs?.kind ?? '',
      theirs?.docNumber ?? '',
      theirs?.description ?? '',
      theirs ? amountText(BigInt(theirs.amountMinor), currency) : '',
      amountText(BigInt(ours?.amountMinor ?? 0) - BigInt(theirs?.amountMinor ?? 0), currency),
      pairedBy ?? '',
    ]),
  ]);
