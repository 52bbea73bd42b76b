import type { Scope } from '@legendops/kit/db/tenant-database';
import type { BillableProduct } from '../contract.ts';
import type { ProductStore } from './store.ts';

export interface ProductService {
  /** What a price rule can be for. */
  all(scope: Scope): Promise<BillableProduct[]>;
}

export const productService = (store: ProductStore): ProductService => ({ all: (scope) => store.all(scope) });
