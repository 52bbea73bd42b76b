import { activeTenantOfJob, jobCallers } from '@legendops/kit/auth/tenant-of-job';
import type { SuperOpsInvoices } from '@legendops/kit/contract/superops-invoices';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { internalRoute, ok } from '@legendops/kit/http/route';
import { InvoicesBeside, InvoicesBesideRequest } from '../job/vendor-access.ts';
import { besideMonth, type Said } from './beside.ts';
import type { SuperOpsInvoicesOf } from './portal-superops.ts';
import type { SuperOpsChoiceStore } from './store.ts';

/** What the nightly reconciliation asks: it has no way to SuperOps of its own. */
export const internalSecondBillerRoutes = ({
  registry,
  choices,
  invoicesOf,
}: {
  registry: TenantRegistry;
  choices: Pick<SuperOpsChoiceStore, 'saidOf'>;
  invoicesOf: SuperOpsInvoicesOf;
}) => [
  internalRoute({
    method: 'post',
    path: '/v1/superops-invoices',
    summary:
      'What SuperOps invoices a customer of the tenant of the job, by month, without what a person has said of it',
    audit: { none: 'A job reads at the vendor; nothing of the tenant is changed' },
    callers: jobCallers,
    body: InvoicesBesideRequest,
    responses: { 200: InvoicesBeside },
    handler: async ({ workload, body: { customerId, months } }) => {
      const { id: tenantId } = await activeTenantOfJob(registry, workload);
      const asked: { from: string; until: string; said: Said | undefined }[] = [];
      for (const month of months)
        asked.push({ ...month, said: await choices.saidOf({ tenantId }, { customerId, period: month.from }) });
      const open = asked.filter(({ said }) => said?.seen !== null);
      const [from] = open.map((month) => month.from).toSorted();
      const until = open
        .map((month) => month.until)
        .toSorted()
        .at(-1);
      // Of what is said of all that there is nobody has to be asked.
      const { customer, ...found }: SuperOpsInvoices =
        from === undefined || until === undefined
          ? { customer: 'client', data: [], unreadable: 0 }
          : await invoicesOf(tenantId, { customerId, from, until });
      return ok({ customer, months: asked.map(({ said, ...month }) => besideMonth(found, month, said)) });
    },
  }),
];
