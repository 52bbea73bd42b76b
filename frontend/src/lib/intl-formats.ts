// Making a format costs a hundred times what using it does, and a long list uses the same one in every row.

const formats = new Map<string, unknown>();

const kept = <Format>(kind: string, given: readonly unknown[], make: () => Format): Format => {
  const name = `${kind} ${JSON.stringify(given)}`;
  const known = formats.get(name) as Format | undefined;
  if (known !== undefined) return known;
  const format = make();
  formats.set(name, format);
  return format;
};

export const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  kept('date', [locale, options], () => new Intl.DateTimeFormat(locale, options));

export const numberFormat = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  kept('number', [locale, options], () => new Intl.NumberFormat(locale, options));
