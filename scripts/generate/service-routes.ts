import type { Route } from '@legendops/kit/http/route';
import { authApp } from '../../services/auth/src/app.ts';
import { billingApp } from '../../services/billing/src/app.ts';
import { catalogApp } from '../../services/catalog/src/app.ts';
import { portalApp } from '../../services/portal/src/app.ts';

// Routes are made without a look at what they stand on.
const key = Buffer.alloc(32);
const publicUrl = 'http://portal.test';
const apps: Record<string, { routes: readonly Route[]; internalRoutes?: readonly Route[] }> = {
  auth: authApp({ cookieKey: key, publicUrl, key: { jwk: {} } } as never),
  billing: billingApp({ pax8: { url: '' }, stateKey: key } as never),
  catalog: catalogApp({} as never),
  portal: portalApp({} as never),
};

/** Every route of every service, by the address that its paths begin with: what people reach, and what services alone do. */
export const serviceRoutes: readonly { service: string; prefix: string; routes: readonly Route[] }[] = Object.entries(
  apps,
).flatMap(([service, { routes, internalRoutes = [] }]) => [
  { service, prefix: `/api/${service}`, routes },
  { service, prefix: '/internal', routes: internalRoutes },
]);
