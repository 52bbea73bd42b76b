import type { NewPriceRule } from '@legendops/billing/price-rule/contract';

type Wrong = Partial<Record<string, string>>;
type ReadRule = { ok: true; rule: NewPriceRule } | { ok: false; wrong: Wrong };

const percent = { takes: /^-?\d{1,4}(\.\d{1,4})?$/, hint: 'A number of percent, such as 20 or 12.5' };
const price = { takes: /^\d{1,9}(\.\d{1,6})?$/, hint: 'A price such as 9.99, with at most six decimals' };
const amount = { takes: /^\d{1,12}(\.\d{1,3})?$/, hint: 'An amount such as 150.00' };

/** What a field of the form takes, as the service does, and what to say of anything else. */
const fields: Record<string, { takes: RegExp; hint: string }> = {
  markupPercent: percent,
  marginPercent: percent,
  discountPercent: { takes: /^\d{1,3}(\.\d{1,4})?$/, hint: 'A number of percent up to 100' },
  unitPrice: price,
  floorPrice: price,
  floorMargin: price,
  minimum: amount,
  setup: amount,
  currency: { takes: /^[A-Z]{3}$/, hint: 'Three letters, such as USD' },
  productId: { takes: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, hint: 'Choose a product of the list' },
};

const tierHint = 'One tier a line, such as “10, 9.99” or “50, 8.00, 5.00”; the last one begins with “above”';

const tierOf = (line: string) => {
  const [upTo = '', unitPrice = '', flatFee, ...more] = line.split(/[,;]\s*/).map((part) => part.trim());
  const isEnd = upTo.toLowerCase() === 'above';
  const isRead =
    (isEnd || /^\d{1,12}(\.\d{1,6})?$/.test(upTo)) &&
    price.takes.test(unitPrice) &&
    (flatFee === undefined || amount.takes.test(flatFee)) &&
    more.length === 0;
  return isRead ? { upTo: isEnd ? null : upTo, unitPrice, ...(flatFee !== undefined && { flatFee }) } : undefined;
};

/** The tiers of a text, one a line; undefined where a line is none. */
const tiersOf = (text: string) => {
  const tiers = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(tierOf);
  return tiers.every((tier) => tier !== undefined) ? tiers : undefined;
};

/** The rule of a filled form, or what is wrong with which field. Empty fields are left out: they mean "all", or "none". */
export const readRule = (form: FormData): ReadRule => {
  const given = [...form].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [],
  );
  const text = given.find(([name]) => name === 'tiers')?.[1];
  const tiers = text === undefined ? undefined : tiersOf(text);
  const wrong = given.flatMap(([name, value]) => {
    if (name === 'tiers') return tiers === undefined ? [[name, tierHint] as const] : [];
    const field = fields[name];
    return field === undefined || field.takes.test(value) ? [] : [[name, field.hint] as const];
  });
  // The kind is chosen of a list, and its own field is required: the rest the service would say.
  return wrong.length === 0
    ? { ok: true, rule: { ...Object.fromEntries(given), ...(tiers && { tiers }) } as NewPriceRule }
    : { ok: false, wrong: Object.fromEntries(wrong) };
};
