import type { ActingScope } from '@legendops/kit/audit/audit';
import { differences } from '@legendops/kit/audit/differences';
import type { AuditChange } from '@legendops/kit/contract/audit-payload';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import { BaseField, type Product } from '../contract.ts';
import { productsById } from '../product/known-products.ts';
import { knownRefusal } from '../product/known-refusal.ts';
import { contentOf, present as presentProduct, type ProductRow } from '../product/product-row.ts';
import { standProduct } from '../product/write-product.ts';
import { baseContentOf, type BaseRow } from './base-row.ts';
import type { BaseMatch } from './contract.ts';
import { baseProductsByKey } from './known-base-products.ts';
import { presentBase } from './service.ts';
import type { BaseCatalogStore } from './store.ts';

interface SeenProduct {
  productId: string;
  version: number;
}

export interface AdoptionService {
  /** What the base catalog has of an own product. */
  match(scope: Scope, productId: string): Promise<BaseMatch>;
  /** It stands on that product of the base catalog from now on. Whatever differs is its own, so that none of it changes. */
  adopt(scope: ActingScope<'product.adopted'>, wanted: SeenProduct & { key: string }): Promise<Product>;
  /** It follows nothing any more, and stays as it is. */
  letGo(scope: ActingScope<'product.let-go'>, seen: SeenProduct): Promise<Product>;
}

const partWords = ({ manufacturer, mpn }: Pick<BaseRow, 'manufacturer' | 'mpn'>): string =>
  `${mpn || 'none'} of ${manufacturer || 'nobody'}`;

const refuseAnother = (row: ProductRow, base: BaseRow): void => {
  const isSame =
    row.mpn !== '' &&
    row.mpn.toLowerCase() === base.mpn.toLowerCase() &&
    row.manufacturer.toLowerCase() === base.manufacturer.toLowerCase();
  if (isSame) return;
  throw problem('base-product.another', {
    detail: `${row.sku} has the part number ${partWords(row)}, and ${base.name} has ${partWords(base)}`,
  });
};

/** What it follows, and what it does not. */
const standing = ({ base_key, own_fields }: Pick<ProductRow, 'base_key' | 'own_fields'>) => ({
  base: base_key,
  ownFields: own_fields.length === 0 ? null : own_fields.join(', '),
});

const changesOf = (before: ProductRow, after: ProductRow): AuditChange[] =>
  differences(standing(before), standing(after), ['base', 'ownFields']);

const subjectOf = ({ id, name }: ProductRow) => ({ type: 'product', id, name });

export const adoptionService = (store: BaseCatalogStore, database: TenantDatabase): AdoptionService => ({
  match: async (scope, productId) => {
    const rows = await store.like(scope, productId);
    if (rows === undefined) throw problem('product.not-found');
    const [row] = rows;
    return { base: row === undefined ? null : presentBase(row) };
  },
  adopt: (scope, { productId, version, key }) =>
    database.write(scope, async (transaction) => {
      const before = asSeen((await productsById(transaction, [productId]))[0], version, 'product.not-found');
      if (before.base_key === key) return presentProduct(before);
      if (before.base_key !== null)
        throw problem('base-product.another', {
          detail: `${before.sku} follows ${before.base_key} already: press “Stop following” first`,
        });
      const [base] = await baseProductsByKey(transaction, [key]);
      if (!base) throw problem('base-product.not-found', { detail: key });
      if (base.retired_at !== null) throw problem('base-product.not-found', { detail: `${base.name} was retired` });
      refuseAnother(before, base);
      const [own, theirs] = [contentOf(before), baseContentOf(base)];
      const ownFields = BaseField.options.filter((field) => own[field] !== theirs[field]);
      const row = await standProduct(transaction, { id: productId, baseKey: key, ownFields }).catch(knownRefusal);
      await scope.audit(transaction, {
        act: 'product.adopted',
        subject: subjectOf(row),
        changes: changesOf(before, row),
      });
      return presentProduct(row);
    }),
  letGo: (scope, { productId, version }) =>
    database.write(scope, async (transaction) => {
      const before = asSeen((await productsById(transaction, [productId]))[0], version, 'product.not-found');
      if (before.base_key === null) return presentProduct(before);
      const row = await standProduct(transaction, { id: productId, baseKey: null, ownFields: [] });
      await scope.audit(transaction, {
        act: 'product.let-go',
        subject: subjectOf(row),
        changes: changesOf(before, row),
      });
      return presentProduct(row);
    }),
});
