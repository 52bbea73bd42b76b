import { storable } from '@legendops/kit/db/storable';
import { z } from 'zod';
import type { InvoiceKind } from '../contract.ts';

/** One invoice or credit memo as it is sent; amounts are decimal text in whole currency units. Kept as it was sent, for every repetition. */
export interface OutgoingSale {
  customerId: string;
  docNumber: string;
  date: string;
  /** Null where QuickBooks counts it from the terms, and of a credit memo: nothing of it falls due. */
  dueDate: string | null;
  termsId: string | null;
  /** Null in books without Multicurrency, which refuse one. */
  currency: string | null;
  /** Ours, so that a document found later is known to be ours. */
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
  /** Of a credit memo what is given back, above nothing. */
  amount: string;
  itemId: string;
  /** Null where the books have no tax and no codes. */
  taxCode: string | null;
}

/** An invoice or a credit memo as QuickBooks has it. */
export interface QuickBooksSale {
  kind: InvoiceKind;
  id: string;
  syncToken: string;
  docNumber: string;
  /** Decimal text, with the tax; above nothing of a credit memo, too. */
  total: string;
  /** What QuickBooks has added as tax. */
  tax: string;
  /** What is open of it: not paid yet, or of a credit memo not used yet. Undefined where QuickBooks does not say. */
  balance: string | undefined;
  /** Amounts of what is sold, in their order. */
  lines: readonly string[];
  customerId: string | undefined;
  /** Undefined in an account without Multicurrency. */
  currency: string | undefined;
  dueDate: string | undefined;
  /** Empty where the note has none of ours. */
  fingerprint: string;
  /** It stays with its number, for nothing. */
  isVoided: boolean;
  /** When it was changed last; undefined where QuickBooks does not say. */
  changedAt: string | undefined;
}

const fingerprintPrefix = 'LegendOps ';
// People write around it, and a void puts its own words before it. Whatever else they write is no id.
const fingerprintPattern = /LegendOps ([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/;

/** A note that says what is ours. */
export const noteWith = (id: string): string => `${fingerprintPrefix}${id}`;
/** Empty where there is none. */
export const fingerprintIn = (note: string): string => fingerprintPattern.exec(note)?.[1] ?? '';

export const bodyOfSale = (sale: OutgoingSale) => ({
  CustomerRef: { value: sale.customerId },
  DocNumber: sale.docNumber,
  TxnDate: sale.date,
  ...(sale.dueDate !== null && { DueDate: sale.dueDate }),
  ...(sale.termsId !== null && { SalesTermRef: { value: sale.termsId } }),
  PrivateNote: noteWith(sale.fingerprint),
  ...(sale.currency !== null && { CurrencyRef: { value: sale.currency } }),
  ...(sale.isTaxExcluded && { GlobalTaxCalculation: 'TaxExcluded' }),
  Line: sale.lines.map(({ description, quantity, unitPrice, amount, itemId, taxCode }) => ({
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

// More than any books hold, and less than a column does: a document with such a number is none that can be compared.
const Amount = z.number().min(-1e15).max(1e15);
const Text = z.string().transform(storable);

const Body = z.object({
  Id: Text,
  SyncToken: Text,
  DocNumber: Text.default(''),
  TotalAmt: Amount,
  Balance: Amount.optional(),
  RemainingCredit: Amount.optional(),
  TxnTaxDetail: z.object({ TotalTax: Amount.default(0) }).default({ TotalTax: 0 }),
  PrivateNote: z.string().default(''),
  DueDate: z.iso
    .date()
    .refine((date) => !date.startsWith('0000'))
    .optional()
    .catch(undefined),
  CustomerRef: z.object({ value: Text }).optional(),
  CurrencyRef: z.object({ value: Text }).optional(),
  MetaData: z.object({ LastUpdatedTime: z.iso.datetime({ offset: true }).optional().catch(undefined) }).prefault({}),
  Line: z
    .array(z.object({ DetailType: z.string().default(''), Amount: Amount.default(0) }))
    .default([])
    .catch([]),
});

/** Without its number it may be anything of nothing: a void keeps ours and says so in its note. */
const isVoidedBody = ({ TotalAmt, PrivateNote }: z.infer<typeof Body>): boolean =>
  TotalAmt === 0 && /\bvoid/i.test(PrivateNote);

export const quickBooksSaleBody = (kind: InvoiceKind) =>
  Body.transform((body): QuickBooksSale => ({
    kind,
    id: body.Id,
    syncToken: body.SyncToken,
    docNumber: body.DocNumber,
    total: body.TotalAmt.toString(),
    tax: body.TxnTaxDetail.TotalTax.toString(),
    balance: (body.RemainingCredit ?? body.Balance)?.toString(),
    lines: body.Line.filter(({ DetailType }) => DetailType === 'SalesItemLineDetail').map(({ Amount }) =>
      Amount.toString(),
    ),
    customerId: body.CustomerRef?.value,
    currency: body.CurrencyRef?.value,
    dueDate: body.DueDate,
    fingerprint: fingerprintIn(body.PrivateNote),
    isVoided: isVoidedBody(body),
    changedAt: body.MetaData.LastUpdatedTime,
  }));
