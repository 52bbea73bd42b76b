import { NewPriceRule } from '@legendops/billing/contract';

type ReadRule = { ok: true; rule: NewPriceRule } | { ok: false; wrong: Partial<Record<string, string>> };

const hints: Record<string, string> = {
  markupPercent: 'A number of percent, such as 20 or 12.5',
  unitPrice: 'A price such as 9.99, with at most six decimals',
  currency: 'Three letters, such as USD',
  productId: 'Choose a product of the list',
};

/** The rule of a filled form, or what is wrong with which field. Empty fields are left out: they mean "all". */
export const readRule = (form: FormData): ReadRule => {
  const given = Object.fromEntries(
    [...form].flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [],
    ),
  );
  const parsed = NewPriceRule.safeParse(given);
  if (parsed.success) return { ok: true, rule: parsed.data };
  const wrong = parsed.error.issues.map(({ path, message }) => {
    const field = String(path[0] ?? '');
    return [field, hints[field] ?? message] as const;
  });
  return { ok: false, wrong: Object.fromEntries(wrong) };
};
