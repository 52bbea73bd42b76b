import { sql } from '@legendops/kit/db/sql';
import type { BaseField, Lifecycle, NewProduct, Product } from '../contract.ts';

/** What is kept of a product, as its columns are called. */
export interface ProductRow {
  id: string;
  kind: 'product' | 'service';
  sku: string;
  name: string;
  description: string;
  manufacturer: string;
  mpn: string;
  gtin: string | null;
  unspsc: string | null;
  category_id: string | null;
  lifecycle: Lifecycle;
  unit: string;
  pack_size: number;
  is_published: boolean;
  base_key: string | null;
  own_fields: BaseField[];
  version: number;
  created_at: string;
  updated_at: string;
}

/** Of `catalog.products p`. What it stands on is nothing that customers' people are told. */
export const productColumns = sql`p.id, p.kind, p.sku, p.name, p.description, p.manufacturer, p.mpn, p.gtin, p.unspsc, p.category_id,
  p.lifecycle, p.unit, p.pack_size, p.is_published,
  case when (select app.customer_id()) is null then p.base_key end as base_key, p.own_fields, p.version, p.created_at, p.updated_at`;

export const present = (row: ProductRow): Product => ({
  ...contentOf(row),
  id: row.id,
  base: row.base_key === null ? null : { key: row.base_key, ownFields: row.own_fields },
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** What a person has said of it. */
export const contentOf = (row: ProductRow): NewProduct => ({
  kind: row.kind,
  sku: row.sku,
  name: row.name,
  description: row.description,
  manufacturer: row.manufacturer,
  mpn: row.mpn,
  gtin: row.gtin,
  unspsc: row.unspsc,
  categoryId: row.category_id,
  lifecycle: row.lifecycle,
  unit: row.unit,
  packSize: row.pack_size,
  isPublished: row.is_published,
});

/** In the order in which a person reads them. */
export const contentFields = [
  'kind',
  'sku',
  'name',
  'description',
  'manufacturer',
  'mpn',
  'gtin',
  'unspsc',
  'categoryId',
  'lifecycle',
  'unit',
  'packSize',
  'isPublished',
] as const satisfies readonly (keyof NewProduct)[];

/** The product with what is asked of it; what is not mentioned stays. */
export const withChange = (before: NewProduct, change: Partial<Record<keyof NewProduct, unknown>>): NewProduct => ({
  ...before,
  ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
});
