import { z } from 'zod';
import type { InvoiceKind } from '../contract.ts';
import { parsed, type AccountCalls } from './account-calls.ts';
import { queryText } from './query-text.ts';

/**
 * An invoice or credit memo as the books have it, whoever made it: amounts are decimal text in whole currency units, those of a
 * credit memo below nothing.
 */
export interface BookedSale {
  kind: InvoiceKind;
  id: string;
  docNumber: string;
  customerId: string | undefined;
  /** Undefined in an account without Multicurrency. */
  currency: string | undefined;
  /** Tax included. */
  total: string;
  tax: string;
  lines: BookedLine[];
}

export interface BookedLine {
  description: string;
  /** What its item is called; empty where it has none. */
  item: string;
  amount: string;
}

const Detail = z.looseObject({ ItemRef: z.object({ name: z.string().default('') }).optional() });
const Line = z.looseObject({
  DetailType: z.string().default(''),
  Description: z.string().default(''),
  Amount: z.number().optional(),
  SalesItemLineDetail: Detail.optional(),
  DiscountLineDetail: z.looseObject({}).optional(),
  GroupLineDetail: z.looseObject({ Line: z.array(z.unknown()).default([]) }).optional(),
});

const negative = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);

/** What is sold and what is taken off; subtotals say nothing new, and of a bundle its parts count. */
const linesOf = (lines: readonly unknown[]): BookedLine[] =>
  lines.flatMap((one) => {
    const { data } = Line.safeParse(one);
    if (data === undefined) return [];
    const { DetailType, Description, Amount, SalesItemLineDetail, GroupLineDetail } = data;
    if (DetailType === 'GroupLineDetail') return linesOf(GroupLineDetail?.Line ?? []);
    if (Amount === undefined || (DetailType !== 'SalesItemLineDetail' && DetailType !== 'DiscountLineDetail'))
      return [];
    const amount = Amount.toString();
    return [
      {
        description: Description || (DetailType === 'DiscountLineDetail' ? 'Discount' : ''),
        item: SalesItemLineDetail?.ItemRef?.name ?? '',
        amount: DetailType === 'DiscountLineDetail' ? negative(amount) : amount,
      },
    ];
  });

const Sale = z.object({
  Id: z.string(),
  DocNumber: z.string().default(''),
  TotalAmt: z.number(),
  TxnTaxDetail: z.object({ TotalTax: z.number().default(0) }).default({ TotalTax: 0 }),
  CustomerRef: z.object({ value: z.string() }).optional(),
  CurrencyRef: z.object({ value: z.string() }).optional(),
  Line: z.array(z.unknown()).default([]),
});

const saleOf = (kind: InvoiceKind, found: unknown): BookedSale => {
  const { Id, DocNumber, TotalAmt, TxnTaxDetail, CustomerRef, CurrencyRef, Line: lines } = parsed(Sale, found);
  // What a credit memo gives back is above nothing there.
  const signed = (amount: string): string => (kind === 'credit-memo' ? negative(amount) : amount);
  return {
    kind,
    id: Id,
    docNumber: DocNumber,
    customerId: CustomerRef?.value,
    currency: CurrencyRef?.value,
    total: signed(TotalAmt.toString()),
    tax: signed(TxnTaxDetail.TotalTax.toString()),
    lines: linesOf(lines).map((line) => ({ ...line, amount: signed(line.amount) })),
  };
};

const mostRows = 1_000;
const finds = { invoice: 'findInvoices', 'credit-memo': 'findCreditMemos' } as const satisfies Record<
  InvoiceKind,
  string
>;

/** There is no snapshot: one that moved between two pages counts once. */
const salesOfKind = async ({ find }: AccountCalls, kind: InvoiceKind, where: string): Promise<BookedSale[]> => {
  const found = new Map<string, BookedSale>();
  for (let start = 1; ; start += mostRows) {
    const page = await find(finds[kind], where, start);
    for (const one of page) {
      const sale = saleOf(kind, one);
      found.set(sale.id, sale);
    }
    if (page.length < mostRows) return [...found.values()];
  }
};

/** Of both kinds, dated between two days. */
export const bookedSales = async (
  calls: AccountCalls,
  { from, to }: { from: string; to: string },
): Promise<BookedSale[]> => {
  const where = `where TxnDate >= ${queryText(from)} and TxnDate <= ${queryText(to)} orderby Id`;
  return [...(await salesOfKind(calls, 'invoice', where)), ...(await salesOfKind(calls, 'credit-memo', where))];
};
