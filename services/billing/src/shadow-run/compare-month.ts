import { minorDigits } from '@legendops/kit/contract/currency';
import type { Money } from '../contract.ts';
import { exceptionKind } from '../exception/exception-kinds.ts';
import { kindWords } from '../invoice/kind-words.ts';
import type { BookedSale } from '../quickbooks/booked-sale.ts';
import { parseScaled } from '../rating/decimal.ts';
import type { Rated } from '../rating/rate.ts';
import type { ShadowOutcome, ShadowResult } from './contract.ts';
import { differenceOf, pairLines, type PairedLine, type TheirLine } from './pair-lines.ts';

export interface ComparedLine extends PairedLine {
  customerId: string;
  customerName: string;
  currency: string;
}

export interface ComparedMonth {
  /** What differs most first; what is equal last. */
  lines: ComparedLine[];
  result: ShadowResult;
}

/** A customer here, and who it is in QuickBooks. */
export interface LinkedCustomer {
  customerId: string;
  customerName: string;
  quickBooksId: string;
}

interface Given {
  rated: Pick<Rated, 'drafts' | 'exceptions'>;
  /** Of the rating, and of books without Multicurrency. */
  currency: string;
  homeCurrency: string;
  links: readonly LinkedCustomer[];
  /** Invoices and credit memos. */
  sales: readonly BookedSale[];
}

const moneyOf = (sums: ReadonlyMap<string, bigint>): Money[] =>
  [...sums]
    .filter(([, minor]) => minor !== 0n)
    .map(([currency, minor]) => ({ amountMinor: minor.toString(), currency }))
    .toSorted((one, other) => one.currency.localeCompare(other.currency));

const sumOf = (amounts: readonly { minor: bigint; currency: string }[]): Money[] => {
  const sums = new Map<string, bigint>();
  for (const { minor, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  return moneyOf(sums);
};

/** Its lines; what they do not add up to, such as a charge of a kind that is not known here, is a line of its own. */
const theirLines = (sale: BookedSale, currency: string): TheirLine[] => {
  const minor = (text: string): bigint => parseScaled(text, minorDigits(currency));
  const of = { kind: sale.kind, quickBooksId: sale.id, docNumber: sale.docNumber };
  const lines = sale.lines.map(({ description, item, amount }) => ({
    ...of,
    description,
    item,
    minor: minor(amount),
  }));
  const rest = minor(sale.total) - minor(sale.tax) - lines.reduce((sum, one) => sum + one.minor, 0n);
  const other = { ...of, description: `Other amounts of this ${kindWords[sale.kind]}`, item: '', minor: rest };
  return [...lines, ...(rest === 0n ? [] : [other])].filter((one) => one.minor !== 0n);
};

const order: Record<ShadowOutcome, number> = { 'amount-differs': 0, 'ours-only': 0, 'theirs-only': 0, matched: 1 };

const mostFirst = (one: ComparedLine, other: ComparedLine): number => {
  const difference = differenceOf(other) - differenceOf(one);
  return (
    order[one.outcome] - order[other.outcome] ||
    (difference > 0n ? 1 : difference < 0n ? -1 : 0) ||
    one.customerName.localeCompare(other.customerName)
  );
};

const outcomesOf = (lines: readonly ComparedLine[]): ShadowResult['outcomes'] => {
  const groups = new Map<
    string,
    { outcome: ShadowOutcome; currency: string; count: number; ours: bigint; theirs: bigint }
  >();
  for (const { outcome, currency, ours, theirs } of lines) {
    const key = `${outcome} ${currency}`;
    const before = groups.get(key) ?? { outcome, currency, count: 0, ours: 0n, theirs: 0n };
    groups.set(key, {
      ...before,
      count: before.count + 1,
      ours: before.ours + (ours?.minor ?? 0n),
      theirs: before.theirs + (theirs?.minor ?? 0n),
    });
  }
  return [...groups.values()].map(({ ours, theirs, ...group }) => ({
    ...group,
    ourMinor: ours.toString(),
    theirMinor: theirs.toString(),
  }));
};

const groupedBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined): Map<string, Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};

/** What a month would have been billed with, set against what is in QuickBooks, for every customer that is linked. */
export const compareMonth = ({ rated, currency, homeCurrency, links, sales }: Given): ComparedMonth => {
  const drafts = new Map(rated.drafts.map((draft) => [draft.customerId, draft]));
  const byCustomer = groupedBy(sales, ({ customerId }) => customerId);
  const linksOf = groupedBy(links, ({ customerId }) => customerId);
  const known = new Set(links.map(({ quickBooksId }) => quickBooksId));
  const lines: ComparedLine[] = [];
  for (const [customerId, own] of linksOf) {
    const booked = own.flatMap(({ quickBooksId }) => byCustomer.get(quickBooksId) ?? []);
    const theirs = groupedBy(booked, (one) => one.currency ?? homeCurrency);
    const customer = { customerId, customerName: own[0]?.customerName ?? '' };
    const ours = (drafts.get(customerId)?.lines ?? [])
      .filter(({ amountMinor }) => amountMinor !== 0n)
      .map(({ description, amountMinor }) => ({ description, minor: amountMinor }));
    for (const one of new Set([currency, ...theirs.keys()])) {
      const there = (theirs.get(one) ?? []).flatMap((sale) => theirLines(sale, one));
      lines.push(
        ...pairLines(one === currency ? ours : [], there).map((line) => ({ ...line, ...customer, currency: one })),
      );
    }
  }
  const unlinked = rated.drafts.filter(({ customerId }) => !linksOf.has(customerId));
  const unrated = rated.exceptions.filter(({ code }) => !exceptionKind(code).isBilled);
  return {
    lines: lines.toSorted(mostFirst),
    result: {
      outcomes: outcomesOf(lines),
      customers: linksOf.size,
      unlinked: {
        customers: unlinked.length,
        totals: sumOf(unlinked.map(({ totalMinor: minor }) => ({ minor, currency }))),
      },
      unrated: { count: unrated.length, totals: sumOf(unrated.flatMap(({ amount }) => amount ?? [])) },
      otherInvoices: sales.filter(({ customerId }) => customerId === undefined || !known.has(customerId)).length,
    },
  };
};
