import { activeTenantOfJob, jobCallers } from '@legendops/kit/auth/tenant-of-job';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { internalRoute, noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { SuperOpsId } from '../superops/objects.ts';
import { AgreedNames, KeptName } from './contract.ts';
import type { ClientNameService } from './service.ts';

export const clientNameRoutes = (names: ClientNameService) => [
  route({
    method: 'post',
    path: '/v1/client-links/{clientId}/names',
    permission: 'link.write',
    summary: 'Says which name a customer and its client in SuperOps both have',
    audit: ['customer.changed', 'client.renamed'],
    ifMatch: 'required',
    params: z.strictObject({ clientId: SuperOpsId }),
    body: KeptName,
    responses: { 204: null },
    handler: async ({ scope, tenant, params: { clientId }, body: { keep }, ifMatch }) => {
      await names.keep({ ...scope, customerLimit: tenant.customers }, { clientId, version: ifMatch, keep });
      return noContent();
    },
  }),
];

export const internalClientNameRoutes = ({
  registry,
  names,
}: {
  registry: TenantRegistry;
  names: ClientNameService;
}) => [
  internalRoute({
    method: 'post',
    path: '/v1/client-names',
    summary: 'Makes a change of a name on the other side, for every link of the tenant of the job',
    audit: ['customer.changed', 'client.renamed'],
    callers: jobCallers,
    responses: { 200: AgreedNames },
    handler: async ({ workload, actFor }) => {
      const { id, customers } = await activeTenantOfJob(registry, workload);
      return ok(await names.agreeAll({ ...actFor(id), customerLimit: customers }));
    },
  }),
];
