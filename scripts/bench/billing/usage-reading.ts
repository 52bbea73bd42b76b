import type { UsageMirror } from '../../../services/billing/src/pax8/mirror-values.ts';
import type { UsageReading } from '../../../services/billing/src/pax8/usage-store.ts';

const productsEach = 32;
const days = 31;
export const linesEach = productsEach * days;

const hex = (n: number): string => n.toString(16).padStart(12, '0');
const id = (kind: number, n: number): string => `0190e000-000${kind}-7000-8000-${hex(n)}`;

const usageOf = (summary: number): UsageMirror[] =>
  Array.from({ length: linesEach }, (_, n) => ({
    usage_date: `2026-01-${String(1 + Math.floor(n / productsEach)).padStart(2, '0')}`,
    product_id: id(1, n % productsEach),
    product_name: `Compute ${n % productsEach}`,
    resource_group: `group-${summary}`,
    unit_of_measure: 'Hour',
    quantity_e6: ((n + 1) * 1_000_003).toString(),
    partner_total_e8: ((n + 1) * 86_456_000).toString(),
    current_charges_e8: ((n + 1) * 99_424_400).toString(),
    currency: 'USD',
    is_trial: false,
  }));

/** A month of one summary, as a sync has read it. */
export const usageReading = (summary: number): UsageReading => ({
  summaryId: id(2, summary),
  subscriptionId: id(3, summary),
  companyId: id(4, summary),
  window: { from: '2026-01-01', to: '2026-01-31' },
  lines: usageOf(summary),
  isComplete: true,
  readAt: new Date(),
});
