import { minorDigits } from '@legendops/kit/contract/currency';
import { problem } from '@legendops/kit/errors/problem';
import { priceFromText, quantityDigits } from '../rating/currency.ts';
import { parseScaled } from '../rating/decimal.ts';
import type { PriceTier } from '../rating/rating-values.ts';
import type { NewPriceRule } from './contract.ts';
import { storedTier, type PriceRuleRow } from './rule-row.ts';
import { percentDigits } from './shown-rule.ts';

export type NewPriceRuleRow = Omit<PriceRuleRow, 'id' | 'version' | 'valid_to'>;

/** Valid since ever, unless a person says from when. */
const always = '2000-01-01';

const knownCurrencies = new Set(Intl.supportedValuesOf('currency'));

export const invalid = (pointer: string, detail: string) =>
  problem('request.invalid', { places: [{ pointer, code: 'invalid', detail }] });

const currencyOf = (wanted: NewPriceRule): string | undefined => {
  const { currency } = wanted;
  if (currency !== undefined && !knownCurrencies.has(currency))
    throw invalid('/body/currency', 'Not a currency of ISO 4217');
  return currency;
};

type Amounts = Partial<Record<'minimum' | 'setup' | 'floorPrice' | 'floorMargin', string | undefined>>;

/** Amounts of a rule as integers; refused by field where they have no currency, or more digits than it. */
const amountsOf = (wanted: Amounts, currency: string | undefined) => {
  const inCurrency = (field: keyof Amounts): string => {
    if (currency === undefined) throw invalid('/body/currency', `An amount needs a currency: ${field} is one`);
    return currency;
  };
  const price = (field: 'floorPrice' | 'floorMargin'): bigint | null => {
    const text = wanted[field];
    return text === undefined ? null : priceFromText(text, inCurrency(field));
  };
  const minor = (field: 'minimum' | 'setup'): bigint | null => {
    const text = wanted[field];
    if (text === undefined) return null;
    const value = minorOf(text, inCurrency(field), `/body/${field}`);
    if (value === 0n) throw invalid(`/body/${field}`, 'Leave it out where there is none');
    return value;
  };
  return {
    floor_price_e8: price('floorPrice'),
    floor_margin_e8: price('floorMargin'),
    minimum_minor: minor('minimum'),
    setup_minor: minor('setup'),
  };
};

const minorOf = (text: string, currency: string, pointer: string): bigint => {
  const digits = minorDigits(currency);
  if ((text.split('.')[1] ?? '').length > digits)
    throw invalid(pointer, `${currency} has ${digits === 0 ? 'no' : `${digits}`} decimals`);
  return parseScaled(text, digits);
};

const ppmOf = (text: string | undefined): number | null =>
  text === undefined ? null : Number(parseScaled(text, percentDigits));

const markupOf = (text: string): number => {
  const ppm = ppmOf(text) ?? 0;
  if (ppm < -1_000_000) throw invalid('/body/markupPercent', 'A markup below -100 % would pay the customer');
  return ppm;
};

const marginOf = (text: string): number => {
  const ppm = ppmOf(text) ?? 0;
  if (ppm >= 1_000_000) throw invalid('/body/marginPercent', 'A margin of the price is below 100 %');
  if (ppm < -1_000_000) throw invalid('/body/marginPercent', 'A margin below -100 % is less than half of the cost');
  return ppm;
};

const discountOf = (text: string | undefined): number => {
  const ppm = ppmOf(text) ?? 0;
  if (ppm > 1_000_000) throw invalid('/body/discountPercent', 'A discount is at most 100 %');
  return ppm;
};

type WantedTiers = Extract<NewPriceRule, { kind: 'volume' }>['tiers'];

const tiersOf = (wanted: WantedTiers, currency: string): PriceTier[] => {
  let before = 0n;
  return wanted.map(({ upTo, unitPrice, flatFee }, index) => {
    const isLast = index === wanted.length - 1;
    const upToE6 = upTo === null ? null : parseScaled(upTo, quantityDigits);
    if ((upToE6 === null) !== isLast)
      throw invalid(`/body/tiers/${index}/upTo`, isLast ? 'The last tier has no end' : 'Only the last tier has no end');
    if (upToE6 !== null && upToE6 <= before)
      throw invalid(`/body/tiers/${index}/upTo`, 'A tier ends after the one before it');
    before = upToE6 ?? before;
    return {
      upToE6,
      unitPriceE8: priceFromText(unitPrice, currency),
      flatMinor: flatFee === undefined ? 0n : minorOf(flatFee, currency, `/body/tiers/${index}/flatFee`),
    };
  });
};

/** The row of a rule that a person wants; refused by field. */
export const readRule = (wanted: NewPriceRule): NewPriceRuleRow => {
  const currency = currencyOf(wanted);
  const { billingTerm = null, minimum } = wanted;
  if (minimum !== undefined && billingTerm !== null && billingTerm !== 'Monthly' && billingTerm !== 'usage')
    throw invalid('/body/minimum', 'A minimum is of a month: it needs the term Monthly or usage, or none');
  return {
    customer_id: wanted.customerId ?? null,
    product_id: wanted.productId ?? null,
    valid_from: wanted.validFrom ?? always,
    billing_term: billingTerm,
    kind: wanted.kind,
    currency: currency ?? null,
    markup_ppm: wanted.kind === 'markup' ? markupOf(wanted.markupPercent) : null,
    margin_ppm: wanted.kind === 'margin' ? marginOf(wanted.marginPercent) : null,
    unit_price_e8:
      wanted.kind === 'fixed' || wanted.kind === 'flat' ? priceFromText(wanted.unitPrice, wanted.currency) : null,
    tiers:
      wanted.kind === 'volume' || wanted.kind === 'graduated'
        ? tiersOf(wanted.tiers, wanted.currency).map(storedTier)
        : null,
    discount_ppm: discountOf(wanted.discountPercent),
    rounding: ('rounding' in wanted ? wanted.rounding : undefined) ?? 'line',
    ...amountsOf(wanted, currency),
  };
};
