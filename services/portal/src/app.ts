import { customerFeed } from '@legendops/kit/contract/customer-feed';
import type { PlatformDatabase, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import type { Route } from '@legendops/kit/http/route';
import { feedRoutes } from '@legendops/kit/outbox/feed-routes';
import { clientContractRoutes } from './client-contract/routes.ts';
import { readContracts } from './client-contract/service.ts';
import { clientLinkRoutes } from './client-link/routes.ts';
import { clientLinkService } from './client-link/service.ts';
import { clientNameRoutes, internalClientNameRoutes } from './client-name/routes.ts';
import { clientNameService } from './client-name/service.ts';
import { clientNameStore } from './client-name/store.ts';
import { clientLinkStore } from './client-link/store.ts';
import { internalMirrorRoutes } from './mirror/internal-routes.ts';
import { mirrorRoutes } from './mirror/routes.ts';
import { mirrorService } from './mirror/service.ts';
import { mirrorStore } from './mirror/store.ts';
import { auditRoutes } from './audit/routes.ts';
import { auditTrail } from './audit/service.ts';
import { auditStore } from './audit/store.ts';
import { internalCustomerRoutes } from './customer/internal-routes.ts';
import { customerRoutes } from './customer/routes.ts';
import { customerService } from './customer/service.ts';
import { customerStore } from './customer/store.ts';
import type { OpenExceptionOf } from './exception-ticket/billing-exceptions.ts';
import { exceptionTicketRoutes } from './exception-ticket/routes.ts';
import { exceptionTicketService } from './exception-ticket/service.ts';
import { exceptionTicketStore } from './exception-ticket/store.ts';
import type { Pax8Companies } from './customer/pax8-companies.ts';
import { pageReportRoutes } from './page-report/routes.ts';
import { seatItemRoutes } from './seat-item/routes.ts';
import { seatItemService } from './seat-item/service.ts';
import { seatItemStore } from './seat-item/store.ts';
import type { Pax8SeatsOf } from './seat-push/pax8-seats.ts';
import { seatPushRoutes } from './seat-push/routes.ts';
import { seatPushService } from './seat-push/service.ts';
import { seatPushStore } from './seat-push/store.ts';
import { serviceDeskRoutes } from './service-desk/routes.ts';
import { serviceDesk } from './service-desk/service.ts';
import { writeOnce } from './service-desk/write-once.ts';
import { writeStore } from './service-desk/write-store.ts';
import { internalSuperOpsInvoiceRoutes } from './superops-invoice/internal-routes.ts';
import { readSuperOpsInvoices } from './superops-invoice/service.ts';
import { superOpsConnectionRoutes } from './superops-connection/routes.ts';
import { superOpsConnectionService } from './superops-connection/service.ts';
import { connectionStore } from './superops-connection/store.ts';
import { tenantSuperOps } from './superops-connection/tenant-superops.ts';
import type { TokenVault } from './superops-connection/token-vault.ts';
import type { SuperOpsLimiter } from './superops/superops-limiter.ts';
import type { SuperOpsOptions } from './superops/superops-transport.ts';

export interface PortalDependencies {
  database: TenantDatabase;
  platform: PlatformDatabase;
  registry: TenantRegistry;
  pax8Companies: Pax8Companies;
  pax8SeatsOf: Pax8SeatsOf;
  exceptionOf: OpenExceptionOf;
  now: () => Date;
  vault: TokenVault;
  superOps: SuperOpsOptions;
  /** Of tenants' jobs, which leave room for people. */
  jobLimiter: SuperOpsLimiter;
}

/** Who may follow us: the billing service keeps a copy of the customers. */
const feeds = { [customerFeed.topic]: ['legendops/billing'] };

/** The portal service without its ports. No I/O happens here. */
export const portalApp = ({
  database,
  platform,
  registry,
  pax8Companies,
  pax8SeatsOf: seatsOf,
  exceptionOf,
  now,
  vault,
  superOps: api,
  jobLimiter,
}: PortalDependencies): { routes: Route[]; internalRoutes: Route[] } => {
  const customers = customerService({ store: customerStore(database), database, pax8Companies });
  const connections = connectionStore(database);
  const superOps = tenantSuperOps({ store: connections, vault, api });
  const limiter: SuperOpsLimiter = async (user) => {
    await jobLimiter(user);
    await api.limiter(user);
  };
  const superOpsOfJobs = tenantSuperOps({ store: connections, vault, api: { ...api, limiter } });
  const names = clientNameService({ store: clientNameStore(database), database, customers, superOps });
  const mirror = mirrorService(mirrorStore(database));
  const links = clientLinkService({ store: clientLinkStore(database), superOps });
  const writes = writeStore(database);
  const items = seatItemService({ store: seatItemStore(database), superOps, seatsOf });
  const pushes = seatPushService({
    database,
    store: seatPushStore(database),
    writeOnce: (scope, write) => writeOnce(scope, writes, write),
    superOps,
    links,
    items,
    seatsOf,
    now,
  });
  const exceptionTickets = exceptionTicketStore(database);
  const exceptions = exceptionTicketService({ database, store: exceptionTickets, superOps, links, exceptionOf });
  return {
    routes: [
      ...customerRoutes(customers),
      ...superOpsConnectionRoutes(superOpsConnectionService({ store: connections, vault, api, superOps })),
      ...clientLinkRoutes(links),
      ...mirrorRoutes(mirror),
      ...clientNameRoutes(names),
      ...serviceDeskRoutes(serviceDesk({ superOps, links, mirror, writes, exceptions }), exceptions),
      ...exceptionTicketRoutes(exceptions),
      ...clientContractRoutes(readContracts({ superOps, links })),
      ...seatItemRoutes(items),
      ...seatPushRoutes(pushes),
      ...auditRoutes(auditTrail(auditStore(database))),
      ...pageReportRoutes(),
    ],
    internalRoutes: [
      ...feedRoutes({ database: platform, feeds }),
      ...internalCustomerRoutes(customers),
      ...internalClientNameRoutes({ registry, names }),
      ...internalMirrorRoutes({ registry, superOps: superOpsOfJobs }),
      ...internalSuperOpsInvoiceRoutes(readSuperOpsInvoices({ superOps, links })),
    ],
  };
};
