import { csvText } from '@legendops/kit/http/csv-text';
import { amountText } from '../rating/currency.ts';
import type { ReconciledLine } from './contract.ts';
import { reasonTexts } from './reasons.ts';

const header = [
  'month',
  'customer',
  'product',
  'subscription',
  'currency',
  'billed by Pax8',
  'billed to the customer',
  'in QuickBooks',
  'margin',
  'quantity at Pax8',
  'quantity billed',
  'quantity listed',
  'difference',
  'at stake',
  'what it is',
  'next step',
];

/** Every line of a month; amounts in whole units of their currency. */
export const reconciliationAsCsv = (period: string, lines: readonly ReconciledLine[]): string =>
  csvText([
    header,
    ...lines.map((line) => {
      const amount = (minor: string | null): string => (minor === null ? '' : amountText(BigInt(minor), line.currency));
      return [
        period.slice(0, 7),
        line.customerName,
        line.productName,
        line.subscriptionId ?? '',
        line.currency,
        amount(line.costMinor),
        amount(line.billedMinor),
        amount(line.inQuickBooksMinor),
        amount(line.marginMinor),
        line.invoicedQuantity ?? '',
        line.billedQuantity ?? '',
        line.reportedQuantity ?? '',
        line.reason ?? '',
        amount(line.atStakeMinor),
        line.reason === null ? '' : reasonTexts[line.reason].detail,
        line.reason === null ? '' : reasonTexts[line.reason].nextStep,
      ];
    }),
  ]);
