import { asLineOfText } from '@legendops/kit/contract/line-of-text';
import { isStorable } from '@legendops/kit/db/storable';
import { priceFromText, quantityDigits } from '../rating/currency.ts';
import { parseScaled } from '../rating/decimal.ts';
import { rowsOf, type ReadList } from './readable.ts';
import type { CommitmentRules, Subscription, UsageLine, UsageSummary } from './objects.ts';

/** Rows of the mirror; bigint columns as decimal text, so that they survive JSON on their way into a statement. */

export interface SubscriptionMirror {
  id: string;
  company_id: string;
  product_id: string;
  product_name: string;
  quantity_e6: string;
  status: string;
  billing_term: string;
  start_date: string;
  end_date: string | null;
  price_e8: string;
  /** Null when Pax8 does not say: an unknown cost is not a cost of nothing. */
  cost_e8: string | null;
  currency: string;
  commitment_id: string | null;
  commitment_term: string | null;
  commitment_end: string | null;
  /** What may be given back before its end; null when Pax8 does not say. */
  commitment_decrease: boolean | null;
  commitment_cancellation: boolean | null;
  commitment_fee: boolean | null;
}

export interface UsageMirror {
  usage_date: string;
  product_id: string;
  product_name: string;
  resource_group: string;
  unit_of_measure: string;
  quantity_e6: string;
  partner_total_e8: string;
  current_charges_e8: string;
  currency: string;
  is_trial: boolean;
}

// A name stands in cursors: one that is longer is cut, because one odd product must not stop the others.
const longestName = 512;
/** A name as it is shown, on invoices too: marks that hide or turn around what is read are left out. */
export const shown = (name: string | null | undefined): string =>
  asLineOfText(name ?? '', longestName) || 'Unnamed product';

/** As the mirror keeps a number; throws a RangeError for one that no column holds. */
export const kept = (value: bigint, what: string): string => {
  if (!isStorable(value)) throw new RangeError(`${what} is out of range`);
  return value.toString();
};

export const subscriptionMirror = (
  subscription: Subscription,
  {
    productNames,
    currency,
    commitments,
  }: {
    productNames: ReadonlyMap<string, string>;
    currency: string;
    commitments: ReadonlyMap<string, CommitmentRules>;
  },
): SubscriptionMirror => {
  const { commitmentTerm } = subscription;
  const rules = commitmentTerm ? commitments.get(commitmentTerm.id) : undefined;
  const inCurrency = subscription.currencyCode ?? currency;
  return {
    id: subscription.id,
    company_id: subscription.companyId,
    product_id: subscription.productId,
    product_name: shown(subscription.productName ?? productNames.get(subscription.productId)),
    quantity_e6: kept(parseScaled(subscription.quantity, quantityDigits), 'quantity'),
    status: subscription.status,
    billing_term: subscription.billingTerm,
    start_date: subscription.startDate,
    end_date: subscription.endDate ?? null,
    price_e8: kept(priceFromText(subscription.price ?? '0', inCurrency), 'price'),
    cost_e8:
      typeof subscription.partnerCost === 'string'
        ? kept(priceFromText(subscription.partnerCost, inCurrency), 'partnerCost')
        : null,
    currency: inCurrency,
    commitment_id: commitmentTerm?.id ?? null,
    commitment_term: commitmentTerm?.term ?? null,
    commitment_end: commitmentTerm?.endDate ?? null,
    commitment_decrease: rules?.allowForQuantityDecrease ?? null,
    commitment_cancellation: rules?.allowForEarlyCancellation ?? null,
    commitment_fee: rules?.cancellationFeeApplied ?? null,
  };
};

const sum = (a: string, b: string, what: string): string => kept(BigInt(a) + BigInt(b), what);

const usageRow = (line: UsageLine, { summary, currency }: { summary: UsageSummary; currency: string }): UsageMirror => {
  const inCurrency = line.currencyCode ?? summary.currencyCode ?? currency;
  return {
    usage_date: line.usageDate,
    product_id: line.productId,
    product_name: shown(line.productName),
    resource_group: asLineOfText(summary.resourceGroup ?? '', longestName),
    unit_of_measure: line.unitOfMeasure ?? '',
    quantity_e6: kept(parseScaled(line.quantity, quantityDigits), 'quantity'),
    partner_total_e8: kept(priceFromText(line.partnerTotal, inCurrency), 'partnerTotal'),
    current_charges_e8: kept(priceFromText(line.currentCharges, inCurrency), 'currentCharges'),
    currency: inCurrency,
    is_trial: line.isTrial ?? summary.isTrial ?? false,
  };
};

const together = (before: UsageMirror, row: UsageMirror): UsageMirror => ({
  ...before,
  quantity_e6: sum(before.quantity_e6, row.quantity_e6, 'quantity'),
  partner_total_e8: sum(before.partner_total_e8, row.partner_total_e8, 'partnerTotal'),
  current_charges_e8: sum(before.current_charges_e8, row.current_charges_e8, 'currentCharges'),
});

/**
 * A summary's lines of one day. Pax8 gives lines no id: those of one product, unit and currency are one row. A line whose
 * numbers no column holds is held.
 */
export const usageMirror = (
  lines: readonly UsageLine[],
  of: { summary: UsageSummary; currency: string },
): ReadList<UsageMirror> => {
  const rows = new Map<string, UsageMirror>();
  const { held } = rowsOf(lines, {
    kind: 'usage line',
    id: ({ usageDate, productId }) => `${of.summary.id} ${productId} ${usageDate}`,
    row: (line) => {
      const row = usageRow(line, of);
      const key = [row.usage_date, row.product_id, row.unit_of_measure, row.currency, row.is_trial].join(' ');
      const before = rows.get(key);
      rows.set(key, before ? together(before, row) : row);
    },
  });
  return { items: [...rows.values()], held };
};
