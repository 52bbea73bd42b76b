export interface ExceptionRow {
  id: string;
  code: string;
  customer_id: string | null;
  customer_name: string | null;
  detail: string;
  next_step: string;
  amount_minor: bigint | null;
  currency: string | null;
  period: string | null;
  first_seen_at: string;
}
