import type { SuperOpsInvoices } from '@legendops/kit/contract/superops-invoices';

/** A month of ours; the end is the first day after it. */
export interface Month {
  from: string;
  until: string;
}

/** That both invoice a customer's month, as a person has said it. */
export interface Said {
  /** The invoices that SuperOps had then; null for whatever it has. */
  seen: { ids: readonly string[]; unreadable: number } | null;
}

export type Beside = Pick<SuperOpsInvoices, 'data' | 'unreadable'>;

/** What may bill a month, but for that of which a person has said that it bills other things. */
export const besideMonth = ({ data, unreadable }: Beside, { from, until }: Month, said: Said | undefined): Beside => {
  if (said?.seen === null) return { data: [], unreadable: 0 };
  const seen = new Set(said?.seen.ids);
  return {
    data: data.filter(
      ({ invoiceId, bills }) => !seen.has(invoiceId) && (bills === null || (bills.from < until && from < bills.until)),
    ),
    unreadable: Math.max(unreadable - (said?.seen.unreadable ?? 0), 0),
  };
};
