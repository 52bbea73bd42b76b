import { prepaidMonths } from './billing-term.ts';
import type { Period } from './period.ts';
import type { PriceRuleValue } from './rating-values.ts';

/** What a price is looked up for. */
export interface Asked {
  customerId: string;
  productId: string;
  /** `Monthly`, a term that is paid in advance, or `usage`. */
  billingTerm: string;
  currency: string;
  date: string;
}

export interface PriceBook {
  /**
   * The rule for a customer's product on a date: customer and product, then customer, then product, then the general one.
   * Of equally narrow ones that of the currency, then that of the term, then the later.
   */
  ruleOn(asked: Asked): PriceRuleValue | undefined;
  /** Whether any rule begins or ends after the first day of a period and within it. */
  changesWithin(period: Period): boolean;
  /** The days after `from` and before `to` on which another rule holds than the day before. */
  changes(asked: Omit<Asked, 'date'>, stretch: { from: string; to: string }): string[];
}

export const hasFloor = ({ floorPriceE8, floorMarginE8 }: PriceRuleValue): boolean =>
  (floorPriceE8 ?? 0n) > 0n || (floorMarginE8 ?? 0n) > 0n;

const isOfCost = ({ kind }: PriceRuleValue): boolean => kind === 'markup' || kind === 'margin';

/**
 * A price that was set names the term that it is for; one from before prices did is none for what is paid in advance. The
 * least price of a unit is of a month where it names none: a year has another one, and so has an hour of use.
 */
export const namesNoTerm = (rule: PriceRuleValue, billingTerm: string): boolean => {
  if (rule.billingTerm !== null || rule.kind === 'free') return false;
  return isOfCost(rule) ? hasFloor(rule) && billingTerm !== 'Monthly' : prepaidMonths(billingTerm) !== undefined;
};

const holdsOn = ({ validFrom, validTo }: PriceRuleValue, date: string): boolean =>
  validFrom <= date && (validTo === null || date < validTo);

const isFor = ({ billingTerm }: PriceRuleValue, asked: string): boolean =>
  billingTerm === null || billingTerm === asked;

const fits = (rule: PriceRuleValue, { currency }: Asked): number =>
  (rule.currency === null || rule.currency === currency ? 2 : 0) + (rule.billingTerm === null ? 0 : 1);

/** A bucket holds the later rules first, so that of two that fit equally the first is taken. */
const bestOf = (bucket: readonly PriceRuleValue[], asked: Asked): PriceRuleValue | undefined => {
  let best: PriceRuleValue | undefined;
  for (const rule of bucket)
    if (holdsOn(rule, asked.date) && isFor(rule, asked.billingTerm) && (!best || fits(rule, asked) > fits(best, asked)))
      best = rule;
  return best;
};

const laterFirst = (a: PriceRuleValue, b: PriceRuleValue): number =>
  a.validFrom === b.validFrom ? (a.id < b.id ? -1 : 1) : a.validFrom > b.validFrom ? -1 : 1;

/** Looks a rule up in constant time, however many customers and products have their own. */
export const priceBook = (rules: readonly PriceRuleValue[]): PriceBook => {
  const byCustomer = new Map<string | null, Map<string | null, PriceRuleValue[]>>();
  for (const rule of rules.toSorted(laterFirst)) {
    const byProduct = byCustomer.get(rule.customerId) ?? new Map<string | null, PriceRuleValue[]>();
    byCustomer.set(rule.customerId, byProduct);
    const bucket = byProduct.get(rule.productId);
    if (bucket) bucket.push(rule);
    else byProduct.set(rule.productId, [rule]);
  }
  const dates = [
    ...new Set(rules.flatMap(({ validFrom, validTo }) => [validFrom, ...(validTo === null ? [] : [validTo])])),
  ];
  dates.sort((a, b) => (a < b ? -1 : 1));

  const ruleOn = (asked: Asked): PriceRuleValue | undefined => {
    for (const customerId of [asked.customerId, null]) {
      const byProduct = byCustomer.get(customerId);
      if (!byProduct) continue;
      for (const productId of [asked.productId, null]) {
        const bucket = byProduct.get(productId);
        const best = bucket && bestOf(bucket, asked);
        if (best) return best;
      }
    }
    return undefined;
  };
  const datesWithin = ({ from, to }: { from: string; to: string }): string[] => {
    const found: string[] = [];
    for (let index = firstAfter(dates, from); index < dates.length && (dates[index] as string) < to; index += 1)
      found.push(dates[index] as string);
    return found;
  };
  return {
    ruleOn,
    changesWithin: ({ start: from, end: to }) => datesWithin({ from, to }).length > 0,
    changes: (asked, stretch) => {
      const within = datesWithin(stretch);
      // Most months have no change at all.
      if (within.length === 0) return within;
      let before = stretch.from;
      return within.filter((date) => {
        const isChange = ruleOn({ ...asked, date }) !== ruleOn({ ...asked, date: before });
        before = date;
        return isChange;
      });
    },
  };
};

const firstAfter = (sorted: readonly string[], value: string): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) > value) high = middle;
    else low = middle + 1;
  }
  return low;
};
