import * as z from 'zod';
import { multiply, roundTo, sum } from '../decimal.ts';
import { Ref } from './company.ts';
import type { CompanyScope } from './company-scope.ts';
import { referred } from './company-scope.ts';
import { missing, QuickBooksFault } from './quickbooks-fault.ts';

const place = {
  Id: z.string().optional(),
  LineNum: z.number().optional(),
  Description: z.string().max(4000).optional(),
};

const SalesItem = z.strictObject({
  ...place,
  Amount: z.number(),
  DetailType: z.literal('SalesItemLineDetail'),
  SalesItemLineDetail: z.strictObject({
    ItemRef: Ref,
    Qty: z.number().optional(),
    UnitPrice: z.number().optional(),
    TaxCodeRef: Ref.optional(),
    ServiceDate: z.iso.date().optional(),
    ClassRef: Ref.optional(),
    ItemAccountRef: Ref.optional(),
  }),
  LinkedTxn: z.array(z.unknown()).optional(),
});
const DescriptionOnly = z.strictObject({
  ...place,
  Amount: z.number().optional(),
  DetailType: z.literal('DescriptionOnly'),
  DescriptionLineDetail: z.looseObject({}).optional(),
});
const Discount = z.strictObject({
  ...place,
  Amount: z.number().optional(),
  DetailType: z.literal('DiscountLineDetail'),
  DiscountLineDetail: z.looseObject({ PercentBased: z.boolean().optional(), DiscountPercent: z.number().optional() }),
});
/** QuickBooks adds it when it is read; sent back it is left out of account. */
const SubTotal = z.looseObject({ ...place, DetailType: z.literal('SubTotalLineDetail') });

export const SalesLine = z.discriminatedUnion('DetailType', [SalesItem, DescriptionOnly, Discount, SubTotal]);
export type SalesLine = z.infer<typeof SalesLine>;
type SalesItemLine = z.infer<typeof SalesItem>;

export type Taxed = { amount: number; code: string };
export type CountedLines = { lines: unknown[]; subTotal: number; discount: number; taxed: Taxed[] };

/** Checks each line against the company, and counts as the vendor does: 7 decimals for prices, 2 for amounts. */
export function countedLines(scope: CompanyScope, input: SalesLine[]): CountedLines {
  const own = input.filter((line) => line.DetailType !== 'SubTotalLineDetail');
  if (own.length === 0) throw missing('Line');
  const items = own
    .filter((line) => line.DetailType === 'SalesItemLineDetail')
    .map((line) => [line, countedItem(scope, line)] as const);
  const counted = new Map<SalesLine, SalesItemLine>(items);
  const subTotal = sum(
    [...counted.values()].map(({ Amount }) => Amount),
    2,
  );
  const discount = sum(
    own.map((line) => (line.DetailType === 'DiscountLineDetail' ? discountOf(line, subTotal) : 0)),
    2,
  );
  const lines = own.map((line, index) => ({
    Id: String(index + 1),
    LineNum: index + 1,
    ...(counted.get(line) ?? line),
    ...(line.DetailType === 'DiscountLineDetail' ? { Amount: discountOf(line, subTotal) } : {}),
  }));
  const taxed = [...counted.values()].map(({ Amount, SalesItemLineDetail }) => ({
    amount: Amount,
    code: SalesItemLineDetail.TaxCodeRef?.value ?? 'NON',
  }));
  const total = { Amount: subTotal, DetailType: 'SubTotalLineDetail', SubTotalLineDetail: {} };
  return { lines: [...lines, total], subTotal, discount, taxed };
}

function countedItem(scope: CompanyScope, line: SalesItemLine): SalesItemLine {
  const { Qty, UnitPrice, TaxCodeRef, ItemRef, ...detail } = line.SalesItemLineDetail;
  const item = referred(scope, 'Item', ItemRef, 'Line.SalesItemLineDetail.ItemRef');
  const amount = roundTo(line.Amount, 2);
  const quantity = Qty === undefined ? undefined : roundTo(Qty, 7);
  const price = UnitPrice === undefined ? undefined : roundTo(UnitPrice, 7);
  if (quantity !== undefined && price !== undefined && multiply(quantity, price, 2) !== amount) {
    const detail = `Amount is not equal to UnitPrice * Qty. Supplied value:${line.Amount}`;
    throw new QuickBooksFault('6070', detail, { element: 'Line.Amount' });
  }
  const derived = price === undefined && quantity ? { UnitPrice: roundTo(amount / quantity, 7) } : {};
  return {
    ...line,
    Amount: amount,
    SalesItemLineDetail: {
      ...detail,
      ItemRef: { value: ItemRef.value, name: String(item.Name) },
      ...(quantity === undefined ? {} : { Qty: quantity }),
      ...(price === undefined ? derived : { UnitPrice: price }),
      TaxCodeRef: { value: taxCodeOf(scope, TaxCodeRef?.value) },
    },
  };
}

/**
 * In the US a line is TAX or NON, and under Automated Sales Tax silence means taxable. Elsewhere it is a code of the list,
 * never NON: what is not taxed has a code of 0 %, and books with tax take no line without one.
 */
function taxCodeOf(scope: CompanyScope, code: string | undefined): string {
  const { country, preferences, objects } = scope.company;
  const { PartnerTaxEnabled, UsingSalesTax } = preferences.TaxPrefs;
  if (code === undefined && country !== 'US' && UsingSalesTax) {
    const detail = 'Make sure all your transactions have a tax rate before you save';
    throw new QuickBooksFault('6000', detail, { element: 'Line.SalesItemLineDetail.TaxCodeRef' });
  }
  if (code === undefined) return country === 'US' && PartnerTaxEnabled ? 'TAX' : 'NON';
  const active = objects.TaxCode.filter(({ Active }) => Active !== false);
  const known = country === 'US' ? ['TAX', 'NON'] : active.map(({ Id }) => Id);
  if (known.includes(code)) return code;
  const detail = `Invalid tax code ${code}: expected ${known.join(' or ')}`;
  throw new QuickBooksFault('6100', detail, { element: 'Line.SalesItemLineDetail.TaxCodeRef' });
}

function discountOf({ Amount, DiscountLineDetail }: z.infer<typeof Discount>, subTotal: number): number {
  const percent = DiscountLineDetail.PercentBased ? DiscountLineDetail.DiscountPercent : undefined;
  if (percent !== undefined) return multiply(subTotal, percent / 100, 2);
  if (Amount === undefined) throw missing('Line.Amount');
  return roundTo(Amount, 2);
}
