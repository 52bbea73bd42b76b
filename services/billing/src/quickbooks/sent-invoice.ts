import { z } from 'zod';

/** One invoice as it is sent; amounts are decimal text in whole currency units. Kept as it was sent, for every repetition. */
export interface OutgoingInvoice {
  customerId: string;
  docNumber: string;
  date: string;
  /** Null where QuickBooks counts it from the terms. */
  dueDate: string | null;
  termsId: string | null;
  /** Null in books without Multicurrency, which refuse one. */
  currency: string | null;
  /** Ours, so that an invoice found later is known to be ours. */
  fingerprint: string;
  /** Tax comes on top of our amounts; outside the US that has to be said. */
  isTaxExcluded: boolean;
  lines: readonly OutgoingLine[];
}

export interface OutgoingLine {
  description: string;
  /** How many at which price, where that is exactly the amount; what was kept before lines said so is one of the amount. */
  quantity?: string;
  unitPrice?: string;
  amount: string;
  itemId: string;
  /** Null where the books have no tax and no codes. */
  taxCode: string | null;
}

export interface QuickBooksInvoice {
  id: string;
  syncToken: string;
  docNumber: string;
  /** Decimal text, with the tax. */
  total: string;
  /** What QuickBooks has added as tax. */
  tax: string;
  customerId: string | undefined;
  /** Undefined in an account without Multicurrency. */
  currency: string | undefined;
  /** Empty where the note has none of ours. */
  fingerprint: string;
}

const fingerprintPrefix = 'LegendOps ';
// People write around it, and a void puts its own words before it.
const fingerprintPattern = /LegendOps ([0-9a-f-]{36})/;

/** A note that says what is ours. */
export const noteWith = (id: string): string => `${fingerprintPrefix}${id}`;
/** Empty where there is none. */
export const fingerprintIn = (note: string): string => fingerprintPattern.exec(note)?.[1] ?? '';

export const bodyOfInvoice = (invoice: OutgoingInvoice) => ({
  CustomerRef: { value: invoice.customerId },
  DocNumber: invoice.docNumber,
  TxnDate: invoice.date,
  ...(invoice.dueDate !== null && { DueDate: invoice.dueDate }),
  ...(invoice.termsId !== null && { SalesTermRef: { value: invoice.termsId } }),
  PrivateNote: noteWith(invoice.fingerprint),
  ...(invoice.currency !== null && { CurrencyRef: { value: invoice.currency } }),
  ...(invoice.isTaxExcluded && { GlobalTaxCalculation: 'TaxExcluded' }),
  Line: invoice.lines.map(({ description, quantity, unitPrice, amount, itemId, taxCode }) => ({
    DetailType: 'SalesItemLineDetail',
    Description: description.slice(0, 4_000),
    Amount: Number(amount),
    // Exactly the amount, in digits that QuickBooks keeps: it would round a prorated line anew.
    SalesItemLineDetail: {
      ItemRef: { value: itemId },
      Qty: Number(quantity ?? '1'),
      UnitPrice: Number(unitPrice ?? amount),
      ...(taxCode !== null && { TaxCodeRef: { value: taxCode } }),
    },
  })),
});

export const QuickBooksInvoiceBody = z
  .object({
    Id: z.string(),
    SyncToken: z.string(),
    DocNumber: z.string().default(''),
    TotalAmt: z.number(),
    TxnTaxDetail: z.object({ TotalTax: z.number().default(0) }).default({ TotalTax: 0 }),
    PrivateNote: z.string().default(''),
    CustomerRef: z.object({ value: z.string() }).optional(),
    CurrencyRef: z.object({ value: z.string() }).optional(),
  })
  .transform(
    ({
      Id,
      SyncToken,
      DocNumber,
      TotalAmt,
      TxnTaxDetail,
      PrivateNote,
      CustomerRef,
      CurrencyRef,
    }): QuickBooksInvoice => ({
      id: Id,
      syncToken: SyncToken,
      docNumber: DocNumber,
      total: TotalAmt.toString(),
      tax: TxnTaxDetail.TotalTax.toString(),
      customerId: CustomerRef?.value,
      currency: CurrencyRef?.value,
      fingerprint: fingerprintIn(PrivateNote),
    }),
  );
