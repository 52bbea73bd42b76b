import { sql } from '@legendops/kit/db/sql';
import type { NoticeKind } from './contract.ts';

/** What is told of a cause. */
export interface Told {
  kind: NoticeKind;
  title: string;
  customerName: string | null;
  /** The first day of the month that it is about. */
  period: string | null;
  amount: { minor: bigint; currency: string } | null;
  detail: string;
  nextStep: string;
  /** Below the portal's address. */
  path: string;
}

/** Something that people have to be told of, as it is now. */
export interface Cause extends Told {
  /** The same as long as it is the same cause, whatever is said of it. */
  key: string;
}

export interface NoticeRow {
  id: string;
  kind: NoticeKind;
  title: string;
  customer_name: string | null;
  period: string | null;
  amount_minor: bigint | null;
  currency: string | null;
  detail: string;
  next_step: string;
  path: string;
  raised_at: string;
  cleared_at: string | null;
}

export const noticeColumns = sql`n.id, n.kind, n.title, n.customer_name, n.period, n.amount_minor, n.currency, n.detail,
  n.next_step, n.path, n.raised_at, n.cleared_at`;

/** The money that a row is about; null where nobody can say. */
export const amountIn = ({
  amount_minor: minor,
  currency,
}: {
  amount_minor: bigint | null;
  currency: string | null;
}): Told['amount'] => (minor === null || currency === null ? null : { minor, currency });

export const toldOf = (row: NoticeRow): Told => ({
  kind: row.kind,
  title: row.title,
  customerName: row.customer_name,
  period: row.period,
  amount: amountIn(row),
  detail: row.detail,
  nextStep: row.next_step,
  path: row.path,
});
