import { activeTenantOfJob, jobCallers } from '@legendops/kit/auth/tenant-of-job';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { addToContext } from '@legendops/kit/log/request-context';
import { problem } from '@legendops/kit/errors/problem';
import { ForeignId } from '@legendops/kit/contract/values';
import { internalRoute, ok } from '@legendops/kit/http/route';
import { z } from 'zod';
import { pax8Client } from '../pax8/pax8-client.ts';
import { Pax8Error } from '../pax8/pax8-error.ts';
import type { Pax8Tokens } from '../pax8/tenant-tokens.ts';
import type { InvoiceService } from '../invoice/service.ts';
import type { AccessOf } from './access-of.ts';
import { activeTenant } from './active-tenant.ts';
import { patienceOfPerson } from '@legendops/kit/http/patience';
import { ApprovedPostings, VendorAccess, VendorAccessRequest } from '../job/vendor-access.ts';

const Companies = z.object({
  data: z.array(z.object({ id: ForeignId, name: z.string(), status: z.string() })),
});

/** What jobs and other services get of a tenant's vendors: short-lived access, never credentials. */
export const vendorAccessRoutes = ({
  registry,
  pax8,
  pax8Tokens,
  access,
  invoices,
}: {
  registry: TenantRegistry;
  pax8: { url: string; callsPerMinute: number };
  pax8Tokens: Pax8Tokens;
  access: AccessOf;
  invoices: Pick<InvoiceService, 'postApproved'>;
}) => [
  internalRoute({
    method: 'post',
    path: '/v1/vendor-token',
    summary: 'Short-lived access to a vendor, for the tenant of the job',
    audit: { none: 'A job reads at the vendor; nothing of the tenant is changed' },
    callers: jobCallers,
    body: VendorAccessRequest,
    responses: { 200: VendorAccess },
    handler: async ({ workload, body: { vendor, renew } }) => {
      const { id } = await activeTenantOfJob(registry, workload);
      return ok(await access[vendor](id, { renew }));
    },
  }),
  internalRoute({
    method: 'post',
    path: '/v1/approved-postings',
    summary: 'Requests the posting of what is approved, for the tenant of the job',
    audit: ['invoice.posting-requested'],
    callers: jobCallers,
    responses: { 200: ApprovedPostings },
    handler: async ({ workload, actFor }) => {
      const { id } = await activeTenantOfJob(registry, workload);
      return ok({ requested: await invoices.postApproved(actFor(id)) });
    },
  }),
  internalRoute({
    method: 'get',
    path: '/v1/tenants/{tenantId}/pax8-companies',
    summary: "A tenant's companies at Pax8, as they are now",
    callers: ['legendops/portal'],
    params: z.strictObject({ tenantId: z.uuid() }),
    responses: { 200: Companies },
    handler: async ({ params: { tenantId } }) => {
      const { id } = await activeTenant(registry, tenantId);
      addToContext({ tenantId: id });
      const token = async ({ renew }: { renew: boolean }) => (await pax8Tokens.of(id, { renew })).accessToken;
      try {
        // One that cannot be read is told by the nightly reading; the others can be imported.
        return ok({ data: (await pax8Client({ ...pax8, token, patience: patienceOfPerson() }).companies()).items });
      } catch (error) {
        if (error instanceof Pax8Error) throw problem('vendor.unavailable', { detail: error.message });
        throw error;
      }
    },
  }),
];
