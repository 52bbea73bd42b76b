import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  parseSearchWith,
  stringifySearchWith,
} from '@tanstack/react-router';
import { PageSkeleton } from '../components/skeleton.tsx';
import { NotFound } from './not-found.tsx';
import { PageError } from './page-error.tsx';
import { Root } from './root.tsx';
import { connectionsSearch, customersSearch, invoicesSearch, rootSearch, usageSearch } from './search-params.ts';

const root = createRootRoute({ component: Root, notFoundComponent: NotFound, validateSearch: rootSearch });
const getParentRoute = () => root;

const worklist = createRoute({
  getParentRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../features/worklist/worklist-page.tsx'), 'WorklistPage'),
});

const customers = createRoute({
  getParentRoute,
  path: '/customers',
  validateSearch: customersSearch,
  component: lazyRouteComponent(() => import('./routes/customers-route.tsx'), 'CustomersRoute'),
});

const customer = createRoute({
  getParentRoute,
  path: '/customers/$customerId',
  component: lazyRouteComponent(() => import('./routes/customer-route.tsx'), 'CustomerRoute'),
});

const usage = createRoute({
  getParentRoute,
  path: '/usage',
  validateSearch: usageSearch,
  component: lazyRouteComponent(() => import('./routes/usage-route.tsx'), 'UsageRoute'),
});

const invoices = createRoute({
  getParentRoute,
  path: '/invoices',
  validateSearch: invoicesSearch,
  component: lazyRouteComponent(() => import('./routes/invoices-route.tsx'), 'InvoicesRoute'),
});

const invoice = createRoute({
  getParentRoute,
  path: '/invoices/$invoiceId',
  component: lazyRouteComponent(() => import('./routes/invoice-route.tsx'), 'InvoiceRoute'),
});

const connections = createRoute({
  getParentRoute,
  path: '/connections',
  validateSearch: connectionsSearch,
  component: lazyRouteComponent(() => import('./routes/connections-route.tsx'), 'ConnectionsRoute'),
});

const prices = createRoute({
  getParentRoute,
  path: '/prices',
  component: lazyRouteComponent(() => import('../features/prices/prices-page.tsx'), 'PricesPage'),
});

const runs = createRoute({
  getParentRoute,
  path: '/runs',
  component: lazyRouteComponent(() => import('../features/runs/runs-page.tsx'), 'RunsPage'),
});

const team = createRoute({
  getParentRoute,
  path: '/team',
  component: lazyRouteComponent(() => import('../features/team/team-page.tsx'), 'TeamPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    worklist,
    customers,
    customer,
    usage,
    invoices,
    invoice,
    connections,
    prices,
    runs,
    team,
  ]),
  defaultErrorComponent: PageError,
  defaultPendingComponent: PageSkeleton,
  defaultPreload: 'intent',
  scrollRestoration: true,
  // Plain texts in the address, no JSON: /usage?from=2026-10-01.
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith(String),
});

// After a change of page, reading and tabbing go on at its beginning.
router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
  if (pathChanged && fromLocation !== undefined) document.getElementById('main')?.focus({ preventScroll: true });
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
