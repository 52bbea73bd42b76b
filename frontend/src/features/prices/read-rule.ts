import type { NewPriceRule } from '@legendops/billing/price-rule/contract';

type ReadRule = { ok: true; rule: NewPriceRule } | { ok: false; wrong: Partial<Record<string, string>> };

/** What a field of the form takes, as the service does, and what to say of anything else. */
const fields: Record<string, { takes: RegExp; hint: string }> = {
  markupPercent: { takes: /^-?\d{1,4}(\.\d{1,4})?$/, hint: 'A number of percent, such as 20 or 12.5' },
  unitPrice: { takes: /^\d{1,9}(\.\d{1,6})?$/, hint: 'A price such as 9.99, with at most six decimals' },
  currency: { takes: /^[A-Z]{3}$/, hint: 'Three letters, such as USD' },
  productId: { takes: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, hint: 'Choose a product of the list' },
};

/** The rule of a filled form, or what is wrong with which field. Empty fields are left out: they mean "all". */
export const readRule = (form: FormData): ReadRule => {
  const given = [...form].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [],
  );
  const wrong = given.flatMap(([name, value]) => {
    const field = fields[name];
    return field === undefined || field.takes.test(value) ? [] : [[name, field.hint] as const];
  });
  // The kind is chosen of two, and its own field is required: the rest the service would say.
  return wrong.length === 0
    ? { ok: true, rule: Object.fromEntries(given) as NewPriceRule }
    : { ok: false, wrong: Object.fromEntries(wrong) };
};
