import { eventually } from '@legendops/kit/testing/eventually';
import { invitationLink } from '../../seed/invitation-link.ts';
import { nextProvider } from '../../seed/next-provider.ts';
import { visitPortal, type PortalVisitor } from '../../seed/portal-visitor.ts';
import { prepareVendors, provideForJobs } from '../../seed/provide.ts';
import { tenantManifest, withoutHourlyJobs } from '../../seed/tenant-resource.ts';
import type { Platform } from './platform.ts';
import type { Seen } from './summary.ts';
import { vendorsOf } from './vendors.ts';

/** The provider of the suite; its requests are not what is short. */
export const provider = nextProvider;
export const tenantNamespace = `tenant-${provider.name}`;
const limits = { requestsPerMinute: 100_000 };

export const invoicesPath = 'billing/v1/invoices?limit=200';

interface Invoice {
  id: string;
  status: string;
  contentHash: string;
}

export const administrator = ({ addresses }: Platform): Promise<PortalVisitor> =>
  visitPortal(addresses.portal, { email: provider.admin.email });

const acceptInvitation = async ({ addresses }: Platform): Promise<PortalVisitor> => {
  const { email } = provider.admin;
  return visitPortal(addresses.portal, { email, invitation: await invitationLink(addresses.mailbox, email) });
};

/** `kubectl create job --from=cronjob/…`, until it is complete; otherwise what its pod said. */
const runCronJob = async ({ machine: { kubectl } }: Platform, cronJob: string): Promise<void> => {
  const inNamespace = ['-n', tenantNamespace];
  const name = `${cronJob}-by-hand`;
  await kubectl([...inNamespace, 'create', 'job', name, `--from=cronjob/${cronJob}`]);
  const ended = await eventually(
    `job ${name} ends`,
    async () => kubectl([...inNamespace, 'get', 'job', name, '-o', 'jsonpath={.status.conditions[*].type}']),
    { withinMs: 180_000, everyMs: 500 },
  );
  const said = await kubectl([...inNamespace, 'logs', `job/${name}`], { mayFail: true });
  if (!ended.includes('SuccessCriteriaMet') && !ended.includes('Complete'))
    throw new Error(`job ${name} ended with ${ended}: ${said.slice(-1_500)}`);
};

/** From a Tenant of `kubectl apply` to a posted invoice, by the tenant's own CronJobs and a person at the portal. */
export const postFirstInvoice = async (platform: Platform): Promise<Seen> => {
  const { machine } = platform;
  await prepareVendors({ vendors: vendorsOf(platform) }, provider);
  const manifest = tenantManifest(provider);
  const tenant = JSON.stringify({ ...manifest, spec: { ...withoutHourlyJobs(manifest.spec), limits } });
  await machine.kubectl(['apply', '-f', '-'], { input: tenant });
  await machine.kubectl(['wait', '--for=condition=Ready', `tenant/${provider.name}`, '--timeout=180s']);
  const admin = await acceptInvitation(platform);
  const customers = await provideForJobs(admin, provider);
  await runCronJob(platform, 'usage-sync');
  await runCronJob(platform, 'invoice-run');
  const invoices = async (): Promise<Invoice[]> => (await admin.get<{ data: Invoice[] }>(invoicesPath)).data;
  const drafts = (await invoices()).filter(({ status }) => status === 'draft');
  const [first] = drafts;
  if (first === undefined) throw new Error('The invoice run made no draft');
  await admin.post(`billing/v1/invoices/${first.id}/approval`, { contentHash: first.contentHash });
  await admin.post(`billing/v1/invoices/${first.id}/posting`);
  const posted = await eventually(
    'the invoice is posted',
    async () => (await invoices()).find(({ id, status }) => id === first.id && status === 'posted'),
    { withinMs: 120_000, everyMs: 300 },
  );
  return {
    count: 1,
    of: `invoice ${posted.status}`,
    figures: [`${customers.size} customers imported, ${drafts.length} drafts made by invoice-run`],
  };
};
