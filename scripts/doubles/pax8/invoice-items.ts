import { ownEntry } from '@legendops/kit/contract/own-entry';
import { multiply, sum } from '../decimal.ts';
import { stableUuid } from '../stable-uuid.ts';
import type { Account, Invoice, InvoiceItem, Subscription } from './account.ts';

// Invoices spell the terms in another way than subscriptions do.
const invoiceTerms: Record<string, string> = { '2-Year': '2 Year', '3-Year': '3 Year', 'One-Time': 'One-time' };
const termMonths: Record<string, number> = { Monthly: 1, Annual: 12, '2-Year': 24, '3-Year': 36 };

/** What a month's invoice says of the subscriptions: whole periods, billed ahead. Usage is not part of it. */
export function subscriptionItems(account: Account, month: string): InvoiceItem[] {
  return account.subscriptions
    .filter((subscription) => subscription.status === 'Active' && isBilled(subscription, month))
    .map((subscription) => subscriptionItem(account, subscription, month));
}

/** Usage of the month before, in arrears: one item for each summary. */
function arrearsItems(account: Account, month: string): InvoiceItem[] {
  const before = addMonths(month, -1);
  return account.usage.flatMap((summary): InvoiceItem[] => {
    const lines = summary.lines.filter(({ usageDate }) => usageDate.startsWith(before));
    if (lines.length === 0 || summary.isTrial) return [];
    const price = sum(
      lines.map(({ currentCharges }) => currentCharges),
      3,
    );
    const cost = sum(
      lines.map(({ partnerTotal }) => partnerTotal),
      3,
    );
    const arrears = item(account, {
      companyId: summary.companyId,
      productId: summary.productId,
      subscriptionId: summary.subscriptionId,
      term: 'Arrears',
      startPeriod: `${before}-01`,
      // Inclusive here, exclusive on whole periods: the vendor does both.
      endPeriod: lastDay(before),
      quantity: 1,
      price,
      cost,
    });
    return [arrears];
  });
}

/** The final invoice of a month, known from its 5th. */
export function invoiceOf(account: Account, month: string): Invoice {
  const items = [...subscriptionItems(account, month), ...arrearsItems(account, month)];
  const total = sum(
    items.map(({ amountDue }) => amountDue ?? 0),
    2,
  );
  return {
    id: stableUuid('pax8 invoice', account.clientId, month),
    invoiceDate: `${month}-05`,
    dueDate: `${month}-20`,
    balance: total,
    carriedBalance: 0,
    total,
    currencyCode: account.currencyCode,
    partnerName: account.partnerName,
    status: total === 0 ? 'Nothing Due' : 'Unpaid',
    items,
  };
}

export function addMonths(month: string, count: number): string {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + count, 1))
    .toISOString()
    .slice(0, 7);
}

function isBilled({ billingTerm, billingStart }: Subscription, month: string): boolean {
  const start = billingStart.slice(0, 7);
  if (start > month) return false;
  if (billingTerm === 'One-Time') return start === month;
  const every = ownEntry(termMonths, billingTerm);
  if (every === undefined) return false;
  return (monthNumber(month) - monthNumber(start)) % every === 0;
}

function subscriptionItem(account: Account, subscription: Subscription, month: string): InvoiceItem {
  const {
    billingTerm,
    quantity,
    invoicedQuantity = quantity,
    price,
    partnerCost,
    companyId,
    productId,
    id,
  } = subscription;
  return item(account, {
    companyId,
    productId,
    subscriptionId: id,
    term: ownEntry(invoiceTerms, billingTerm) ?? billingTerm,
    type: billingTerm === 'One-Time' ? 'one-time' : 'subscription',
    startPeriod: `${month}-01`,
    endPeriod: `${addMonths(month, ownEntry(termMonths, billingTerm) ?? 1)}-01`,
    quantity: invoicedQuantity,
    price,
    cost: partnerCost,
  });
}

type ItemFacts = {
  companyId: string;
  productId: string;
  subscriptionId: string | null;
  term: string;
  type?: string;
  startPeriod: string;
  endPeriod: string;
  quantity: number;
  price: number;
  cost: number;
};

function item({ companies, products, currencyCode }: Account, facts: ItemFacts): InvoiceItem {
  const company = companies.find(({ id }) => id === facts.companyId);
  const product = products.find(({ id }) => id === facts.productId);
  const total = multiply(facts.price, facts.quantity, 2);
  return {
    type: 'subscription',
    ...facts,
    ...(company?.externalId === undefined ? {} : { externalId: company.externalId }),
    companyName: company?.name ?? '',
    unitOfMeasure: 'License',
    sku: product?.sku ?? '',
    description: product?.name ?? '',
    rateType: 'flat',
    chargeType: 'per',
    subTotal: total,
    costTotal: multiply(facts.cost, facts.quantity, 3),
    offeredBy: 'Pax8',
    billedByPax8: false,
    total,
    productName: product?.name ?? '',
    billingFee: 0,
    billingFeeRate: 0,
    amountDue: multiply(facts.cost, facts.quantity, 2),
    currencyCode,
    salesTax: 0,
    vendorName: product?.vendorName ?? '',
  };
}

const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));

const lastDay = (month: string) =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10);
