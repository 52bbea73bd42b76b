import { sql } from '@legendops/kit/db/sql';
import type { Lifecycle } from '../contract.ts';
import type { BaseContent } from '../product/base-fields.ts';

/** What is kept of a product of the base catalog, as its columns are called. */
export interface BaseRow {
  key: string;
  kind: 'product' | 'service';
  name: string;
  description: string;
  manufacturer: string;
  mpn: string;
  gtin: string | null;
  unspsc: string | null;
  lifecycle: Lifecycle;
  unit: string;
  pack_size: number;
  retired_at: string | null;
}

/** Of `catalog.base_products b`. */
export const baseColumns = sql`b.key, b.kind, b.name, b.description, b.manufacturer, b.mpn, b.gtin, b.unspsc, b.lifecycle, b.unit,
  b.pack_size, b.retired_at`;

export const baseContentOf = (row: BaseRow): BaseContent => ({
  kind: row.kind,
  name: row.name,
  description: row.description,
  manufacturer: row.manufacturer,
  mpn: row.mpn,
  gtin: row.gtin,
  unspsc: row.unspsc,
  lifecycle: row.lifecycle,
  unit: row.unit,
  packSize: row.pack_size,
});
