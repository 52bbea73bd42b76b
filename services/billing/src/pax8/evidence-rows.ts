import { createHash } from 'node:crypto';
import { billingTermOf } from '../rating/billing-term.ts';
import { priceFromText, quantityDigits } from '../rating/currency.ts';
import { parseScaled } from '../rating/decimal.ts';
import { addMonths, monthOf } from '../rating/period.ts';
import type { InvoiceItem, Price, Snapshot } from './evidence-objects.ts';
import { kept, shown } from './mirror-values.ts';
import { rowsOf, type ReadList } from './readable.ts';

/** A record of a list as the mirror keeps it: what was said of it, under a name that stays. */
export interface EvidenceRow {
  id: string;
  body: unknown;
}

/** An item of an invoice; bigint columns as decimal text. */
export interface ItemRow {
  fingerprint: string;
  type: string;
  company_id: string | null;
  company_name: string;
  subscription_id: string | null;
  product_id: string | null;
  product_name: string;
  term: string;
  /** The month that it is for. */
  period: string;
  start_period: string | null;
  end_period: string | null;
  quantity_e6: string;
  cost_e8: string;
  currency: string;
}

// Terms are spelt in two ways, and a join of one with the other would drop them without a word.
const termOf = ({ term }: InvoiceItem): string => (term ? (billingTermOf(term) ?? term) : '');

/** Usage lands on the next invoice; what names no start is of its invoice's month else. */
const periodOf = ({ startPeriod, term }: InvoiceItem, month: string): string =>
  startPeriod ? monthOf(startPeriod).start : term === 'Arrears' ? addMonths(month, -1) : month;

const rowOf = (item: InvoiceItem, { month, currency }: { month: string; currency: string }) => {
  const inCurrency = item.currencyCode ?? currency;
  return {
    type: item.type ?? '',
    company_id: item.companyId ?? null,
    company_name: item.companyName ?? '',
    subscription_id: item.subscriptionId ?? null,
    product_id: item.productId ?? null,
    product_name: shown(item.productName || item.description || item.type),
    term: termOf(item),
    period: periodOf(item, month),
    start_period: item.startPeriod ?? null,
    end_period: item.endPeriod ?? null,
    quantity_e6: kept(parseScaled(item.quantity, quantityDigits), 'quantity'),
    cost_e8: kept(priceFromText(item.costTotal ?? item.amountDue ?? '0', inCurrency), 'costTotal'),
    currency: inCurrency,
  };
};

/**
 * The items of one invoice. They have no id: each is known by all that it says, and the second of two that say the same by
 * that it is the second.
 */
export const itemRows = (
  items: readonly InvoiceItem[],
  of: { invoice: string; month: string; currency: string },
): ReadList<ItemRow> => {
  const seen = new Map<string, number>();
  return rowsOf(items, {
    kind: 'invoice item',
    id: ({ subscriptionId, productId }) => `${of.invoice} ${subscriptionId ?? productId ?? ''}`.trim(),
    row: (item) => {
      const row = rowOf(item, of);
      const said = JSON.stringify(row);
      const copy = (seen.get(said) ?? 0) + 1;
      seen.set(said, copy);
      return { fingerprint: createHash('sha256').update(`${copy} ${said}`).digest('base64url'), ...row };
    },
  });
};

const longestName = 300;

/** Names of records that have none: what they are for, and which of several that are for the same. */
const named = <Item>(items: readonly Item[], nameOf: (item: Item) => string): EvidenceRow[] => {
  const seen = new Map<string, number>();
  return items.map((body) => {
    // Of an index, as long names are not.
    const name = nameOf(body).slice(0, longestName).toWellFormed();
    const copy = (seen.get(name) ?? 0) + 1;
    seen.set(name, copy);
    return { id: copy === 1 ? name : `${name} ${copy}`, body };
  });
};

export const priceRows = (prices: readonly Price[]): EvidenceRow[] =>
  named(prices, ({ billingTerm, commitmentTerm, unitOfMeasurement }) =>
    [billingTermOf(billingTerm) ?? billingTerm, commitmentTerm ?? '', unitOfMeasurement ?? ''].join('/'),
  );

/** Counted from the oldest: a change adds one at the end, and names none anew. */
export const snapshotRows = (newestFirst: readonly Snapshot[]): EvidenceRow[] =>
  newestFirst.toReversed().map((body, index) => ({ id: (index + 1).toString().padStart(6, '0'), body }));
