import { csvText } from '@legendops/kit/http/csv-text';
import type { Invoice } from '../contract.ts';
import { amountText } from '../rating/currency.ts';

const header = [
  'customer',
  'number',
  'kind',
  'from',
  'to',
  'status',
  'total',
  'currency',
  'payment',
  'paid',
  'open',
  'due',
];

/** Invoices as a table, amounts in whole units; what is paid is with the tax, as QuickBooks has it. */
export const invoicesAsCsv = (invoices: readonly Invoice[]): string =>
  csvText([
    header,
    ...invoices.map((invoice) => {
      const amount = (minor: string | null): string =>
        minor === null ? '' : amountText(BigInt(minor), invoice.currency);
      return [
        invoice.customerName,
        invoice.docNumber ?? '',
        invoice.kind,
        invoice.periodStart,
        invoice.periodEnd,
        invoice.status,
        amount(invoice.totalMinor),
        invoice.currency,
        invoice.paymentState ?? '',
        amount(invoice.paidMinor),
        amount(invoice.openMinor),
        invoice.dueOn ?? '',
      ];
    }),
  ]);
