import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Route } from '@legendops/kit/http/route';
import { calculatorRoutes } from './calculators/routes.ts';
import { calculatorService } from './calculators/service.ts';
import { productRoutes } from './product/routes.ts';
import { productService } from './product/service.ts';
import { productStore } from './product/store.ts';

/** The catalog service without its ports. No I/O happens here. */
export const catalogApp = ({
  database,
}: {
  database: TenantDatabase;
}): { routes: Route[]; internalRoutes: Route[] } => ({
  routes: [
    ...productRoutes({ products: productService(productStore(database), database), database }),
    ...calculatorRoutes(calculatorService()),
  ],
  internalRoutes: [],
});
