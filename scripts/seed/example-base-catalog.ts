import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyBaseCatalog } from '@legendops/catalog/base-catalog/apply-base-catalog';
import { readBaseCatalog } from '@legendops/catalog/base-catalog/read-base-catalog';
import type { Product } from '@legendops/catalog/contract';
import { createPool } from '@legendops/kit/db/pool';
import type { PortalVisitor } from './portal-visitor.ts';

const file = join(import.meta.dirname, 'base-catalog.json');

/** Makes the base catalog of this machine: what the platform's team does elsewhere with `npm run ops:base`. */
export const provideBaseCatalog = async (catalogUrl: string): Promise<void> => {
  const { entries, errors } = readBaseCatalog(readFileSync(file, 'utf8'));
  if (errors.length > 0) throw new Error(errors.join('\n'));
  const pool = createPool({ connectionString: catalogUrl, max: 1 });
  await applyBaseCatalog(pool, entries).finally(() => pool.end());
};

const key = 'wide-world.r42';

interface Offered {
  data: { key: string; productId: string | null }[];
}

/** One product of the base catalog under a name of the provider's own; where there is no base catalog, none. */
export const provideOwnName = async (admin: PortalVisitor): Promise<void> => {
  const { data } = await admin.get<Offered>('catalog/v1/base-products?limit=200');
  const offered = data.find((one) => one.key === key);
  if (offered === undefined) return;
  const taken = async (): Promise<string | undefined> => {
    const wanted = { products: [{ key, sku: 'RACK-42' }] };
    const { products } = await admin.post<{ products: { productId: string }[] }>(
      'catalog/v1/base-products/takings',
      wanted,
    );
    return products[0]?.productId;
  };
  const path = `catalog/v1/products/${offered.productId ?? (await taken())}`;
  const { base, version } = await admin.get<Pick<Product, 'base' | 'version'>>(path);
  if (base?.ownFields.length === 0) await admin.patch(path, { name: 'Rack 42U, delivered and set up' }, version);
};
