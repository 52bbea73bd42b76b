import type { NewProduct } from '@legendops/catalog/contract';

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

const orNull = (text: string): string | null => (text === '' ? null : text);

/** What a form says of a product; the service says what is wrong with it. */
export const readProduct = (form: FormData): NewProduct => ({
  kind: textOf(form, 'kind') === 'service' ? 'service' : 'product',
  sku: textOf(form, 'sku'),
  name: textOf(form, 'name'),
  description: textOf(form, 'description'),
  manufacturer: textOf(form, 'manufacturer'),
  mpn: textOf(form, 'mpn'),
  gtin: orNull(textOf(form, 'gtin')),
  unspsc: orNull(textOf(form, 'unspsc')),
  categoryId: orNull(textOf(form, 'categoryId')),
  lifecycle: textOf(form, 'lifecycle') as NewProduct['lifecycle'],
  unit: textOf(form, 'unit'),
  packSize: Number(textOf(form, 'packSize')),
  isPublished: form.get('isPublished') !== null,
});
