import type { PriceRule } from '@legendops/billing/price-rule/contract';
import { formatPrice, formatQuantity } from '../../lib/money.ts';

/** What a rule does to the price. */
export const ruleWords = ({ kind, markupPercent, unitPrice, currency }: PriceRule): string =>
  kind === 'markup'
    ? `Cost + ${formatQuantity(markupPercent ?? '0')} %`
    : `${formatPrice(unitPrice ?? '0', currency ?? 'USD')} a unit`;

// A rule without a first day of its own holds from this one.
const always = '2000-01-01';

export const isFromTheBeginning = ({ validFrom }: Pick<PriceRule, 'validFrom'>): boolean => validFrom <= always;
