import { z } from 'zod';
import { parsed, type AccountCalls } from './account-calls.ts';
import { queryText } from './query-text.ts';

/** An invoice as the books have it, whoever made it: amounts are decimal text in whole currency units. */
export interface BookedInvoice {
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

const Invoice = z
  .object({
    Id: z.string(),
    DocNumber: z.string().default(''),
    TotalAmt: z.number(),
    TxnTaxDetail: z.object({ TotalTax: z.number().default(0) }).default({ TotalTax: 0 }),
    CustomerRef: z.object({ value: z.string() }).optional(),
    CurrencyRef: z.object({ value: z.string() }).optional(),
    Line: z.array(z.unknown()).default([]),
  })
  .transform(({ Id, DocNumber, TotalAmt, TxnTaxDetail, CustomerRef, CurrencyRef, Line: lines }): BookedInvoice => ({
    id: Id,
    docNumber: DocNumber,
    customerId: CustomerRef?.value,
    currency: CurrencyRef?.value,
    total: TotalAmt.toString(),
    tax: TxnTaxDetail.TotalTax.toString(),
    lines: linesOf(lines),
  }));

const mostRows = 1_000;

/** There is no snapshot: an invoice that moved between two pages counts once. */
export const bookedInvoices = async (
  { find }: AccountCalls,
  { from, to }: { from: string; to: string },
): Promise<BookedInvoice[]> => {
  const where = `where TxnDate >= ${queryText(from)} and TxnDate <= ${queryText(to)} orderby Id`;
  const found = new Map<string, BookedInvoice>();
  for (let start = 1; ; start += mostRows) {
    const page = await find('findInvoices', where, start);
    for (const one of page) {
      const invoice = parsed(Invoice, one);
      found.set(invoice.id, invoice);
    }
    if (page.length < mostRows) return [...found.values()];
  }
};
