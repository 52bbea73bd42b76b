import { Id } from '@legendops/kit/contract/values';
import { ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { NewShadowRun, ShadowLinePage, ShadowLineQuery, ShadowRun, ShadowRuns } from './contract.ts';
import { permissionTo } from './policy.ts';
import type { ShadowRunService } from './service.ts';

const params = z.strictObject({ shadowRunId: Id });

export const shadowRunRoutes = (shadowRuns: ShadowRunService) => [
  route({
    method: 'get',
    path: '/v1/shadow-runs',
    permission: permissionTo.read,
    summary: 'The newest shadow runs',
    responses: { 200: ShadowRuns },
    handler: async ({ scope, actor }) => ok(await shadowRuns.list(scope, actor)),
  }),
  route({
    method: 'post',
    path: '/v1/shadow-runs',
    permission: permissionTo.start,
    summary:
      'Rates a past month and sets it line by line against the invoices and credit memos in QuickBooks; nothing is written there',
    audit: ['shadow-run.made'],
    body: NewShadowRun,
    responses: { 201: ShadowRun },
    handler: async ({ scope, actor, tenant, body }) => ({
      status: 201,
      body: await shadowRuns.start(scope, actor, { ...body, tenant }),
    }),
  }),
  route({
    method: 'get',
    path: '/v1/shadow-runs/{shadowRunId}',
    permission: permissionTo.read,
    summary: 'One shadow run: how many lines agree, by currency',
    params,
    responses: { 200: ShadowRun },
    handler: async ({ scope, params: { shadowRunId } }) => ok(await shadowRuns.get(scope, shadowRunId)),
  }),
  route({
    method: 'get',
    path: '/v1/shadow-runs/{shadowRunId}/lines',
    permission: permissionTo.read,
    summary: 'Its lines, what differs most first',
    params,
    query: ShadowLineQuery,
    responses: { 200: ShadowLinePage },
    handler: async ({ scope, params: { shadowRunId }, query }) => ok(await shadowRuns.lines(scope, shadowRunId, query)),
  }),
  route({
    method: 'get',
    path: '/v1/shadow-runs/{shadowRunId}/export',
    permission: permissionTo.read,
    summary: 'Its lines as a table (CSV)',
    params,
    responses: { 200: null },
    handler: async ({ scope, params: { shadowRunId } }) => {
      const { period, text } = await shadowRuns.asCsv(scope, shadowRunId);
      return { status: 200, csv: { name: `shadow-run-${period.slice(0, 7)}.csv`, text } };
    },
  }),
];
