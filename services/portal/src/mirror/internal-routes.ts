import { activeTenantOfJob, jobCallers } from '@legendops/kit/auth/tenant-of-job';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { internalRoute, ok } from '@legendops/kit/http/route';
import type { TenantSuperOps } from '../superops-connection/tenant-superops.ts';
import { ConnectedAccount, Messages, MessagesRequest, Page, PageRequest } from './job-api.ts';

const audit = { none: 'A job reads at the vendor; nothing of the tenant is changed' } as const;

/** SuperOps for the job of a tenant, by that tenant's own connection. */
export const internalMirrorRoutes = ({
  registry,
  superOps,
}: {
  registry: TenantRegistry;
  superOps: TenantSuperOps;
}) => [
  internalRoute({
    method: 'post',
    path: '/v1/superops-account',
    summary: 'The account in SuperOps of the tenant of the job',
    audit,
    callers: jobCallers,
    responses: { 200: ConnectedAccount },
    handler: async ({ workload }) => {
      const { id: tenantId } = await activeTenantOfJob(registry, workload);
      return ok({ account: (await superOps.find({ tenantId })) ?? null });
    },
  }),
  internalRoute({
    method: 'post',
    path: '/v1/superops-pages',
    summary: 'One page of a list in SuperOps, for the tenant of the job',
    audit,
    callers: jobCallers,
    body: PageRequest,
    responses: { 200: Page },
    handler: async ({ workload, body: { kind, ...of } }) => {
      const { id: tenantId } = await activeTenantOfJob(registry, workload);
      return ok(
        await superOps.use({ tenantId }, async (client, account) => ({
          account,
          ...(await client.mirrorPage(kind, of)),
        })),
      );
    },
  }),
  internalRoute({
    method: 'post',
    path: '/v1/superops-messages',
    summary: 'The conversations of some tickets in SuperOps, for the tenant of the job',
    audit,
    callers: jobCallers,
    body: MessagesRequest,
    responses: { 200: Messages },
    handler: async ({ workload, body: { ticketIds } }) => {
      const { id: tenantId } = await activeTenantOfJob(registry, workload);
      return ok(
        await superOps.use({ tenantId }, async (client, account) => {
          const data = [];
          for (const ticketId of ticketIds)
            data.push({ ticketId, messages: (await client.messagesOf(ticketId)) ?? null });
          return { account, data };
        }),
      );
    },
  }),
];
