import { lazy, type ComponentType } from 'react';
import type { PageProps, Path } from '../lib/router/addresses.ts';

interface LazyPage<Props> {
  Component: ComponentType<Props>;
  load: () => Promise<unknown>;
}

const page = <Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPage<Props> => ({
  Component: lazy(async () => ({ default: await load() })),
  load,
});

/** The page of every address, each in code of its own. */
const pages: { [P in Path]: LazyPage<PageProps<P>> } = {
  '/': page(async () => (await import('../features/worklist/worklist-page.tsx')).WorklistPage),
  '/customers': page(async () => (await import('./routes/customers-route.tsx')).CustomersRoute),
  '/customers/$customerId': page(async () => (await import('./routes/customer-route.tsx')).CustomerRoute),
  '/usage': page(async () => (await import('./routes/usage-route.tsx')).UsageRoute),
  '/invoices': page(async () => (await import('./routes/invoices-route.tsx')).InvoicesRoute),
  '/invoices/$invoiceId': page(async () => (await import('./routes/invoice-route.tsx')).InvoiceRoute),
  '/exceptions': page(async () => (await import('./routes/exceptions-route.tsx')).ExceptionsRoute),
  '/connections': page(async () => (await import('./routes/connections-route.tsx')).ConnectionsRoute),
  '/prices': page(async () => (await import('../features/prices/prices-page.tsx')).PricesPage),
  '/runs': page(async () => (await import('../features/runs/runs-page.tsx')).RunsPage),
  '/team': page(async () => (await import('../features/team/team-page.tsx')).TeamPage),
};

/** Params and search are those of the path: both come from one match of the address. */
export const componentOf = (path: Path): ComponentType<{ params: object; search: object }> =>
  pages[path].Component as ComponentType<{ params: object; search: object }>;

/** Begins to load the code of a page. Should that fail, opening the page says so. */
export const preloadPage = (path: Path): void => {
  pages[path].load().catch(() => undefined);
};
