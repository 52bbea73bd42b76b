import { Id, LocalDate } from '@legendops/kit/contract/values';
import { ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { BilledPeriod, BilledPeriods, InvoicePreview, PeriodPreview, PeriodSkip } from './contract.ts';
import { permissionTo } from './policy.ts';
import type { PreviewService } from '../invoice/preview-service.ts';
import type { PeriodService } from './service.ts';

/** By its first day. */
const params = z.strictObject({ period: LocalDate });

export const periodRoutes = (periods: PeriodService, previews: PreviewService) => [
  route({
    method: 'get',
    path: '/v1/periods',
    permission: 'run.read',
    summary: 'The months that are billed, newest first: how each stands, what came of it, what it leaves',
    responses: { 200: BilledPeriods },
    handler: async ({ scope, actor, tenant }) => ok({ data: await periods.all(scope, actor, tenant) }),
  }),
  route({
    method: 'get',
    path: '/v1/periods/{period}/preview',
    permission: 'run.read',
    summary: 'What the run of a month would draft now; nothing is written',
    params,
    responses: { 200: PeriodPreview },
    handler: async ({ scope, tenant, params: { period } }) => ok(await previews.of(scope, { period, tenant })),
  }),
  route({
    method: 'get',
    path: '/v1/periods/{period}/preview/{customerId}',
    permission: 'run.read',
    summary: 'The lines that the run of a month would draft for one customer',
    params: params.extend({ customerId: Id }),
    responses: { 200: InvoicePreview },
    handler: async ({ scope, tenant, params: { period, customerId } }) =>
      ok(await previews.lines(scope, { period, tenant }, customerId)),
  }),
  route({
    method: 'post',
    path: '/v1/periods/{period}/run',
    permission: permissionTo.run,
    summary:
      'Asks for the run of a month, also of one that was skipped or is closed; the job of the next night takes it',
    audit: ['period.run-requested'],
    params,
    responses: { 200: BilledPeriod },
    handler: async ({ scope, actor, tenant, params: { period } }) =>
      ok(await periods.run(scope, actor, { period, tenant })),
  }),
  route({
    method: 'post',
    path: '/v1/periods/{period}/skip',
    permission: permissionTo.skip,
    summary: 'Leaves a month out that was not run, with a reason; what that leaves unbilled is told',
    audit: ['period.skipped'],
    params,
    body: PeriodSkip,
    responses: { 200: BilledPeriod },
    handler: async ({ scope, actor, tenant, params: { period }, body }) =>
      ok(await periods.skip(scope, actor, { period, tenant, reason: body.reason })),
  }),
];
