import type { PlatformDatabase, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Route } from '@legendops/kit/http/route';
import { feedRoutes } from '@legendops/kit/outbox/feed-routes';
import { auditRoutes } from './audit/routes.ts';
import { auditTrail } from './audit/service.ts';
import { auditStore } from './audit/store.ts';
import { internalCustomerRoutes } from './customer/internal-routes.ts';
import { customerRoutes } from './customer/routes.ts';
import { customerService } from './customer/service.ts';
import { customerStore } from './customer/store.ts';
import type { Pax8Companies } from './customer/pax8-companies.ts';
import { pageReportRoutes } from './page-report/routes.ts';

export interface PortalDependencies {
  database: TenantDatabase;
  platform: PlatformDatabase;
  pax8Companies: Pax8Companies;
}

/** Who may follow us: the billing service keeps a copy of the customers. */
const feeds = { customers: ['legendops/billing'] };

/** The portal service without its ports. No I/O happens here. */
export const portalApp = ({
  database,
  platform,
  pax8Companies,
}: PortalDependencies): { routes: Route[]; internalRoutes: Route[] } => {
  const customers = customerService({ store: customerStore(database), database, pax8Companies });
  return {
    routes: [...customerRoutes(customers), ...auditRoutes(auditTrail(auditStore(database))), ...pageReportRoutes()],
    internalRoutes: [...feedRoutes({ database: platform, feeds }), ...internalCustomerRoutes(customers)],
  };
};
