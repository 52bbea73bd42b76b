import type { BaseProduct } from '@legendops/catalog/base-catalog/contract';
import type { BaseField, Product } from '@legendops/catalog/contract';
import { kindWords, lifecycleWord } from './product-words.tsx';

export const fieldWords: Record<BaseField, string> = {
  kind: 'Kind',
  name: 'Name',
  description: 'Description',
  manufacturer: 'Manufacturer',
  mpn: 'Part number',
  gtin: 'GTIN',
  unspsc: 'UNSPSC',
  lifecycle: 'Lifecycle',
  unit: 'Unit',
  packSize: 'Units in a package',
};

/** What a product says in a field, for a person. */
export const wordsOf = (field: BaseField, of: Product | BaseProduct): string => {
  if (field === 'kind') return kindWords[of.kind];
  if (field === 'lifecycle') return lifecycleWord(of.lifecycle);
  return String(of[field] ?? '') || 'Nothing';
};
