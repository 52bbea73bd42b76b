import type { ComponentType } from 'react';
import { lazyCode, type LazyCode } from '../lib/code-loader.ts';
import type { PageProps, Path } from '../lib/router/addresses.ts';

/** The page of every address, each in code of its own. */
const pages: { [P in Path]: LazyCode<ComponentType<PageProps<P>>> } = {
  '/': lazyCode(async () => (await import('./routes/worklist-route.tsx')).WorklistRoute),
  '/customers': lazyCode(async () => (await import('./routes/customers-route.tsx')).CustomersRoute),
  '/customers/$customerId': lazyCode(async () => (await import('./routes/customer-route.tsx')).CustomerRoute),
  '/usage': lazyCode(async () => (await import('./routes/usage-route.tsx')).UsageRoute),
  '/usage/$subscriptionId': lazyCode(async () => (await import('./routes/subscription-route.tsx')).SubscriptionRoute),
  '/invoices': lazyCode(async () => (await import('./routes/invoices-route.tsx')).InvoicesRoute),
  '/invoices/$invoiceId': lazyCode(async () => (await import('./routes/invoice-route.tsx')).InvoiceRoute),
  '/exceptions': lazyCode(async () => (await import('./routes/exceptions-route.tsx')).ExceptionsRoute),
  '/periods': lazyCode(async () => (await import('../features/periods/periods-page.tsx')).PeriodsPage),
  '/periods/$period': lazyCode(async () => (await import('./routes/preview-route.tsx')).PreviewRoute),
  '/reconciliation': lazyCode(async () => (await import('./routes/reconciliation-route.tsx')).ReconciliationRoute),
  '/shadow-runs': lazyCode(async () => (await import('./routes/shadow-runs-route.tsx')).ShadowRunsRoute),
  '/connections': lazyCode(async () => (await import('./routes/connections-route.tsx')).ConnectionsRoute),
  '/links': lazyCode(async () => (await import('./routes/links-route.tsx')).LinksRoute),
  '/seats': lazyCode(async () => (await import('./routes/seats-route.tsx')).SeatsRoute),
  '/seats/$pushId': lazyCode(async () => (await import('./routes/seat-push-route.tsx')).SeatPushRoute),
  '/prices': lazyCode(async () => (await import('../features/prices/prices-page.tsx')).PricesPage),
  '/prices/$productId': lazyCode(async () => (await import('../features/evidence/price-list-page.tsx')).PriceListPage),
  '/products': lazyCode(async () => (await import('./routes/products-route.tsx')).ProductsRoute),
  '/products/import': lazyCode(async () => (await import('../features/products/import-page.tsx')).ImportPage),
  '/products/categories': lazyCode(
    async () => (await import('../features/products/categories-page.tsx')).CategoriesPage,
  ),
  '/products/$productId': lazyCode(async () => (await import('../features/products/product-page.tsx')).ProductPage),
  '/cabling': lazyCode(async () => (await import('./routes/cabling-route.tsx')).CablingRoute),
  '/cabling/$designId': lazyCode(async () => (await import('../features/cabling/design-page.tsx')).DesignPage),
  '/calculators': lazyCode(async () => (await import('../features/calculators/calculators-page.tsx')).CalculatorsPage),
  '/calculators/$calculatorId': lazyCode(
    async () => (await import('../features/calculators/calculator-page.tsx')).CalculatorPage,
  ),
  '/stencils': lazyCode(async () => (await import('./routes/stencils-route.tsx')).StencilsRoute),
  '/stencils/$stencilId': lazyCode(async () => (await import('./routes/stencil-route.tsx')).StencilRoute),
  '/stencils/$stencilId/comparison': lazyCode(
    async () => (await import('./routes/comparison-route.tsx')).ComparisonRoute,
  ),
  '/stencils/$stencilId/masters/$masterId': lazyCode(
    async () => (await import('../features/stencils/master-page.tsx')).MasterPage,
  ),
  '/notices': lazyCode(async () => (await import('../features/notices/notices-page.tsx')).NoticesPage),
  '/runs': lazyCode(async () => (await import('../features/runs/runs-page.tsx')).RunsPage),
  '/team': lazyCode(async () => (await import('../features/team/team-page.tsx')).TeamPage),
  '/audit': lazyCode(async () => (await import('./routes/audit-route.tsx')).AuditRoute),
};

/** Params and search are those of the path: both come from one match of the address. */
export const pageAt = (path: Path): LazyCode<ComponentType<{ params: object; search: object }>> =>
  pages[path] as LazyCode<ComponentType<{ params: object; search: object }>>;

/** Loads the code of a page; undefined when it is here already. */
export const preparePage = (path: Path): Promise<unknown> | undefined =>
  pages[path].now() === undefined ? pages[path].load() : undefined;
