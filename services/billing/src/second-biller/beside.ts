import { mayBill, type SuperOpsInvoice, type SuperOpsInvoices } from '@legendops/kit/contract/superops-invoices';
import { isToldIn, isUnreadableToldIn } from './their-words.ts';

/** A month of ours; the end is the first day after it. */
export interface Month {
  from: string;
  until: string;
}

/** Invoices that SuperOps had when a person said that they bill other things, each as it was then. */
export interface Seen {
  ids: readonly string[];
  unreadable: number;
}

/** That both invoice a customer's month, as a person has said it. */
export interface Said {
  /** Null for whatever SuperOps has. */
  seen: Seen | null;
}

export type Beside = Pick<SuperOpsInvoices, 'data' | 'unreadable'>;

/** An invoice of an amount: a draft that is written on bills something that nobody has seen. */
const keyOf = ({ invoiceId, total }: SuperOpsInvoice): string => `${invoiceId}=${total ?? ''}`;

// What was said before amounts were kept names the invoice alone.
const isSeen = ({ ids }: Seen, invoice: SuperOpsInvoice): boolean =>
  ids.includes(keyOf(invoice)) || ids.includes(invoice.invoiceId);

/** What may bill a month, but for that of which a person has said that it bills other things. */
export const besideMonth = ({ data, unreadable }: Beside, month: Month, said: Said | undefined): Beside => {
  if (said?.seen === null) return { data: [], unreadable: 0 };
  const seen = said?.seen ?? { ids: [], unreadable: 0 };
  return {
    data: data.filter((one) => !isSeen(seen, one) && mayBill(one.bills, month)),
    unreadable: Math.max(unreadable - seen.unreadable, 0),
  };
};

/**
 * What a person has seen who says so now: what the worklist has told of the month, and what they had seen before. What came since
 * it was told they have not; where nothing was told they say it of all that there is.
 */
export const seenOf = (
  { data, unreadable }: Beside,
  { told, before }: { told: readonly string[]; before: Seen },
): Seen => {
  if (told.length === 0) return { ids: data.map(keyOf), unreadable };
  const further = Math.max(unreadable - before.unreadable, 0);
  const seen = data.filter((one) => isSeen(before, one) || told.some((detail) => isToldIn(detail, one)));
  return {
    ids: seen.map(keyOf),
    unreadable: told.some((detail) => isUnreadableToldIn(detail, further))
      ? unreadable
      : Math.min(before.unreadable, unreadable),
  };
};
