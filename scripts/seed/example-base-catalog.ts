import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyBaseCatalog } from '@legendops/catalog/base-catalog/apply-base-catalog';
import { readBaseCatalog } from '@legendops/catalog/base-catalog/read-base-catalog';
import { createPool } from '@legendops/kit/db/pool';
import type { PortalVisitor } from './portal-visitor.ts';

const path = join(import.meta.dirname, 'base-catalog.json');

/** Makes the base catalog of this machine: what the platform's team does elsewhere with `npm run ops:base`. */
export const provideBaseCatalog = async (catalogUrl: string): Promise<void> => {
  const { entries, errors } = readBaseCatalog(readFileSync(path, 'utf8'));
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
  if (data.find((one) => one.key === key)?.productId !== null) return;
  const { products } = await admin.post<{ products: { productId: string }[] }>('catalog/v1/base-products/takings', {
    products: [{ key, sku: 'RACK-42' }],
  });
  for (const { productId } of products)
    await admin.patch(`catalog/v1/products/${productId}`, { name: 'Rack 42U, delivered and set up' }, 1);
};
