import { activeTenantOfJob, jobCallers } from '@legendops/kit/auth/tenant-of-job';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { internalRoute, ok } from '@legendops/kit/http/route';
import { InvoicesBeside, InvoicesBesideRequest } from '../job/vendor-access.ts';
import type { SuperOpsInvoicesOf } from './portal-superops.ts';
import type { SuperOpsChoiceStore } from './store.ts';

/** What the nightly reconciliation asks: it has no way to SuperOps of its own. */
export const internalSecondBillerRoutes = ({
  registry,
  choices,
  invoicesOf,
}: {
  registry: TenantRegistry;
  choices: Pick<SuperOpsChoiceStore, 'isChosen'>;
  invoicesOf: SuperOpsInvoicesOf;
}) => [
  internalRoute({
    method: 'post',
    path: '/v1/superops-invoices',
    summary:
      'What SuperOps invoices a customer of the tenant of the job, and of which months a person has said that both do',
    audit: { none: 'A job reads at the vendor; nothing of the tenant is changed' },
    callers: jobCallers,
    body: InvoicesBesideRequest,
    responses: { 200: InvoicesBeside },
    handler: async ({ workload, body: { customerId, from, until, periods } }) => {
      const { id: tenantId } = await activeTenantOfJob(registry, workload);
      const chosen: string[] = [];
      for (const period of periods)
        if (await choices.isChosen({ tenantId }, { customerId, period })) chosen.push(period);
      // Of what is chosen nobody has to be asked.
      if (chosen.length === periods.length) return ok({ customer: 'client', data: [], unreadable: 0, chosen });
      return ok({ ...(await invoicesOf(tenantId, { customerId, from, until })), chosen });
    },
  }),
];
