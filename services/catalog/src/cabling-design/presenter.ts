import type { DesignContent } from '../cabling-content/contract.ts';
import { labelClassOf, labelOf, spaceOf } from '../cabling-content/label.ts';
import { newerThan } from './computed.ts';
import type { Bill, CablingDesign, DesignSummary, LinkLabel } from './contract.ts';
import type { DesignRow, DesignSummaryRow } from './store.ts';

export const presentSummary = (row: DesignSummaryRow): DesignSummary => ({
  id: row.id,
  name: row.name,
  customerId: row.customer_id,
  isPublished: row.is_published,
  links: row.links,
  warnings: row.warnings,
  refusals: row.refusals,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Both ends of every link, with what is at the other one. */
export const labelsOf = (content: DesignContent): LinkLabel[] =>
  content.links.map((link) => ({
    key: link.key,
    id: labelOf(content, link),
    atPanel: `${labelOf(content, link)} to ${link.to}`,
    atOutlet: `${labelOf(content, link)} from ${spaceOf(link)}, panel ${link.from.panel}`,
  }));

/** For a customer's people: what is to be installed, and nothing of what it costs. */
export const withoutPrices = (bill: Bill): Bill => ({
  ...bill,
  priceList: null,
  currency: null,
  totalMinor: null,
  missing: 0,
  lines: bill.lines.map((line) => ({
    ...line,
    unitPriceMinor: null,
    amountMinor: null,
    problem: line.quantity === null ? line.problem : null,
  })),
});

export const presentDesign = (row: DesignRow, isGuest: boolean): CablingDesign => ({
  ...presentSummary(row),
  content: isGuest ? { ...row.content, priceListId: null } : row.content,
  checks: row.computed.checks,
  labelClass: labelClassOf(row.content),
  labels: labelsOf(row.content),
  bill: isGuest ? withoutPrices(row.computed.bill) : row.computed.bill,
  newer: isGuest ? [] : newerThan(row.computed),
});
