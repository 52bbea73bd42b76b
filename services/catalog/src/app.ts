import { auditTopic } from '@legendops/kit/audit/audit';
import type { PlatformDatabase, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Route } from '@legendops/kit/http/route';
import { feedRoutes } from '@legendops/kit/outbox/feed-routes';
import { calculatorRoutes } from './calculators/routes.ts';
import { calculatorService } from './calculators/service.ts';
import { productRoutes } from './product/routes.ts';
import { productService } from './product/service.ts';
import { productStore } from './product/store.ts';

/** The catalog service without its ports. No I/O happens here. */
export const catalogApp = ({
  database,
  platform,
}: {
  database: TenantDatabase;
  platform: PlatformDatabase;
}): { routes: Route[]; internalRoutes: Route[] } => ({
  routes: [
    ...productRoutes(productService(productStore(database), database)),
    ...calculatorRoutes(calculatorService()),
  ],
  internalRoutes: feedRoutes({ database: platform, feeds: { [auditTopic]: ['legendops/portal'] } }),
});
