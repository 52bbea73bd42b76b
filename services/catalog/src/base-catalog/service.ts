import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, differences } from '@legendops/kit/audit/differences';
import type { Page } from '@legendops/kit/contract/page';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import type { BaseField, NewProduct, Product } from '../contract.ts';
import { following } from '../product/base-fields.ts';
import { productsById, productsLike } from '../product/known-products.ts';
import { knownRefusal } from '../product/known-refusal.ts';
import { contentFields, contentOf, present as presentProduct } from '../product/product-row.ts';
import { insertProducts, updateProduct } from '../product/write-product.ts';
import { baseContentOf } from './base-row.ts';
import type { BaseProduct, NewTakings, Takings } from './contract.ts';
import { baseProductsByKey } from './known-base-products.ts';
import type { BaseCatalogStore, OfferedRow } from './store.ts';

interface Query {
  search?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

interface Place {
  productId: string;
  field: BaseField;
  version: number;
}

export interface BaseCatalogService {
  page(scope: Scope, query: Query): Promise<Page<BaseProduct>>;
  get(scope: Scope, key: string): Promise<BaseProduct>;
  /** All of them, or none. */
  take(transaction: Transaction, scope: ActingScope<'product.taken'>, wanted: NewTakings): Promise<Takings>;
  /** The field is no longer the product's own: it says what the base does, and follows it. */
  takeBack(scope: ActingScope<'product.taken-back'>, field: Place): Promise<Product>;
}

type TakenProduct = NewProduct & { baseKey: string };

export const presentBase = (row: OfferedRow): BaseProduct => ({
  ...baseContentOf(row),
  key: row.key,
  retiredAt: row.retired_at,
  productId: row.product_id,
  likeProductId: row.like_product_id,
});

const partOf = ({ manufacturer, mpn }: Pick<NewProduct, 'manufacturer' | 'mpn'>): string =>
  `${manufacturer}\n${mpn}`.toLowerCase();

/** Refuses by name what the constraints would refuse without one. */
const refuseTaken = async (transaction: Transaction, products: readonly TakenProduct[]): Promise<void> => {
  const existing = await productsLike(transaction, {
    skus: products.map(({ sku }) => sku),
    mpns: products.flatMap(({ mpn }) => (mpn === '' ? [] : mpn.toLowerCase())),
    gtins: products.flatMap(({ gtin }) => gtin ?? []),
  });
  const spellings = new Set(existing.map((row) => row.sku.toLowerCase()));
  for (const product of products) {
    const { name, sku, mpn, gtin, baseKey } = product;
    if (existing.some(({ base_key }) => base_key === baseKey)) throw problem('base-product.taken', { detail: name });
    const part = existing.find((row) => mpn !== '' && partOf(row) === partOf(product));
    if (part)
      throw problem('product.part-taken', {
        detail: `${part.sku} of yours is ${name} already: open it, and press “Adopt into base catalog”`,
      });
    const other = existing.find((row) => gtin !== null && row.gtin === gtin);
    if (other) throw problem('product.gtin-taken', { detail: `${other.sku} of yours has the GTIN of ${name}` });
    const spelling = sku.toLowerCase();
    if (spellings.has(spelling)) throw problem('product.sku-taken', { detail: `${sku}, which ${name} would have` });
    spellings.add(spelling);
  }
};

export const baseCatalogService = (store: BaseCatalogStore, database: TenantDatabase): BaseCatalogService => ({
  page: (scope, { limit, cursor, search }) =>
    listPage(
      { limit, cursor },
      {
        list: `base-products ${JSON.stringify(search ?? '')}`,
        by: ['text'],
        read: (place) => store.page(scope, search, place),
        keys: (row) => [row.key],
        present: presentBase,
      },
    ),
  get: async (scope, key) => {
    const row = await store.byKey(scope, key);
    if (!row) throw problem('base-product.not-found');
    return presentBase(row);
  },
  take: async (transaction, scope, { products: wanted }) => {
    const bases = new Map(
      (
        await baseProductsByKey(
          transaction,
          wanted.map(({ key }) => key),
        )
      ).map((row) => [row.key, row]),
    );
    const products = wanted.map(({ key, sku }): TakenProduct => {
      const base = bases.get(key);
      if (!base) throw problem('base-product.not-found', { detail: key });
      if (base.retired_at !== null) throw problem('base-product.not-found', { detail: `${base.name} was retired` });
      const own = { sku: sku ?? (base.mpn || key), categoryId: null, isPublished: false };
      return { ...baseContentOf(base), ...own, baseKey: key };
    });
    await refuseTaken(transaction, products);
    const rows = await insertProducts(transaction, scope, products).catch(knownRefusal);
    await scope.audit(
      transaction,
      ...rows.map((row) => ({
        act: 'product.taken' as const,
        subject: { type: 'product', id: row.id, name: row.name },
        changes: created(contentOf(row)),
      })),
    );
    return { products: rows.map(({ id, base_key }) => ({ key: base_key ?? '', productId: id })) };
  },
  takeBack: (scope, { productId, field, version }) =>
    database.write(scope, async (transaction) => {
      const before = asSeen((await productsById(transaction, [productId]))[0], version, 'product.not-found');
      if (before.base_key === null || !before.own_fields.includes(field)) return presentProduct(before);
      const [base] = await baseProductsByKey(transaction, [before.base_key]);
      if (!base) throw problem('base-product.not-found');
      const ownFields = before.own_fields.filter((own) => own !== field);
      const product = following(contentOf(before), ownFields, baseContentOf(base));
      const row = await updateProduct(transaction, scope, { id: productId, product, ownFields }).catch(knownRefusal);
      await scope.audit(transaction, {
        act: 'product.taken-back',
        subject: { type: 'product', id: productId, name: row.name },
        changes: [
          ...differences(contentOf(before), product, contentFields),
          ...differences({ ownFields: before.own_fields.join(', ') }, { ownFields: ownFields.join(', ') }, [
            'ownFields',
          ]),
        ],
      });
      return presentProduct(row);
    }),
});
