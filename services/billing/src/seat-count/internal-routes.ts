import { Pax8Seats } from '@legendops/kit/contract/pax8-seats';
import { Id, LocalDate } from '@legendops/kit/contract/values';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { internalRoute, ok } from '@legendops/kit/http/route';
import { addToContext } from '@legendops/kit/log/request-context';
import { z } from 'zod';
import { localDate } from '../rating/period.ts';
import { activeTenant } from '../vendor-access/active-tenant.ts';
import type { ReadSeats } from './service.ts';

export const internalSeatRoutes = ({
  read,
  registry,
  now,
}: {
  read: ReadSeats;
  registry: TenantRegistry;
  now: () => Date;
}) => [
  internalRoute({
    method: 'get',
    path: '/v1/tenants/{tenantId}/pax8-seats',
    summary: 'What each customer has of each product at Pax8 in a month, until today',
    callers: ['legendops/portal'],
    params: z.strictObject({ tenantId: Id }),
    /** Any day of the month; today's where none is named. */
    query: z.strictObject({ month: LocalDate.optional() }),
    responses: { 200: Pax8Seats },
    handler: async ({ params: { tenantId }, query }) => {
      const { id, timeZone } = await activeTenant(registry, tenantId);
      addToContext({ tenantId: id });
      const today = localDate(now(), timeZone);
      return ok(await read({ tenantId: id }, { month: query.month ?? today, today }));
    },
  }),
];
