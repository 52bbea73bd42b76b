import { quantityText } from '../rating/currency.ts';
import type { Margin, ReconciledLine, Reconciliation } from './contract.ts';
import type { DifferenceRow, MarginRow, ReconciledRow, TotalRow } from './store.ts';

const quantity = (e6: string | null): string | null => (e6 === null ? null : quantityText(BigInt(e6)));

export const presentLine = (row: ReconciledRow): ReconciledLine => ({
  id: row.key,
  customerId: row.customer_id,
  customerName: row.customer_name,
  subscriptionId: row.subscription_id,
  productName: row.product_name,
  currency: row.currency,
  costMinor: row.cost,
  billedMinor: row.amount,
  inQuickBooksMinor: row.in_books,
  knownCostMinor: row.known_cost,
  marginMinor: row.margin_cost === null ? null : (BigInt(row.amount) - BigInt(row.margin_cost)).toString(),
  invoicedQuantity: quantity(row.invoiced),
  billedQuantity: quantity(row.billed),
  reportedQuantity: quantity(row.reported),
  reason: row.reason,
  atStakeMinor: row.stake,
});

export const presentTotal = (row: TotalRow): Reconciliation['totals'][number] => ({
  currency: row.currency,
  costMinor: row.cost,
  billedMinor: row.amount,
  inQuickBooksMinor: row.in_books,
  marginMinor: row.margin,
  atStakeMinor: row.stake,
  unbilledSeats: quantityText(BigInt(row.unbilled)),
  withoutCost: row.without_cost,
});

export const presentDifference = ({
  reason,
  currency,
  count,
  stake,
}: DifferenceRow): Reconciliation['differences'][number] => ({ reason, currency, count, atStakeMinor: stake });

export const presentMargin = ({ id, name, currency, amount, cost, margin, without_cost }: MarginRow): Margin => ({
  id,
  name,
  currency,
  billedMinor: amount,
  costMinor: cost,
  marginMinor: margin,
  withoutCost: without_cost,
});
