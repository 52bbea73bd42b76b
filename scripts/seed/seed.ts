import { existsSync, readFileSync } from 'node:fs';
import { eventually } from '@legendops/kit/testing/eventually';
import type { Endpoints } from '../local/endpoints.ts';
import type { Platform } from '../local/platform.ts';
import type { Progress } from '../local/progress.ts';
import type { Cluster } from '../loopback/cluster.ts';
import { replaceFile } from '../loopback/replace-file.ts';
import { exampleProviders, type ExampleProvider } from './example-providers.ts';
import { provideCatalog } from './example-catalog.ts';
import { provideCabling } from './example-design.ts';
import { invitationLink } from './invitation-link.ts';
import { nextProvider } from './next-provider.ts';
import { prepareVendors, provideForJobs, type VendorDoors } from './provide.ts';
import { visitPortal, type PortalVisitor } from './portal-visitor.ts';
import { runJob } from './run-job.ts';
import { applyTenant, untilReady } from './tenant-resource.ts';

/** Who can sign in with one click, for the table after the start. */
export type SeededPeople = readonly { label: string; email: string }[];

const people: SeededPeople = exampleProviders.flatMap(({ displayName, admin, people: staff }) => [
  { label: `  ${displayName}: administrator`, email: admin.email },
  ...staff.map(({ role, email }) => ({ label: `  ${displayName}: ${role.replace('_', ' ')}`, email })),
]);

/** What the example data goes into: the platform on this machine, or one on a cluster. */
export interface SeedTarget {
  endpoints: Pick<Endpoints, 'gateway' | 'mailbox'>;
  cluster: Pick<Cluster, 'client'>;
  vendors: VendorDoors;
}

const inviteStaff = async (
  { endpoints }: SeedTarget,
  admin: PortalVisitor,
  { people: staff }: ExampleProvider,
  customers: ReadonlyMap<string, string>,
): Promise<void> => {
  const emails = async (list: string): Promise<string[]> =>
    (await admin.get<{ data: { email: string }[] }>(`auth/v1/${list}?limit=200`)).data.map(({ email }) => email);
  const [members, invited] = [await emails('members'), await emails('invitations')];
  const invite = async ({ name, email, role, customer }: ExampleProvider['people'][number]): Promise<void> => {
    const customerId = customer === undefined ? undefined : customers.get(customer);
    if (!invited.includes(email))
      await admin.post('auth/v1/invitations', { name, email, role, ...(customerId !== undefined && { customerId }) });
    await visitPortal(endpoints.gateway, { email, invitation: await invitationLink(endpoints.mailbox, email) });
  };
  await Promise.all(staff.filter(({ email }) => !members.includes(email)).map(invite));
};

interface ListedInvoice {
  id: string;
  customerName: string;
  contentHash: string;
  status: string;
}

const postedWithinMs = 90_000;

/** Customers whose people sign in find an invoice of theirs: it is approved, posted, and in the local QuickBooks. */
const postForGuests = async (admin: PortalVisitor, { people: staff }: ExampleProvider): Promise<void> => {
  const invoices = async (): Promise<ListedInvoice[]> => {
    const { data } = await admin.get<{ data: ListedInvoice[] }>('billing/v1/invoices?limit=200');
    return data.filter(({ customerName }) => staff.some(({ customer }) => customer === customerName));
  };
  for (const { id, contentHash, status } of await invoices()) {
    if (status === 'draft') await admin.post(`billing/v1/invoices/${id}/approval`, { contentHash });
    if (status === 'draft' || status === 'approved') await admin.post(`billing/v1/invoices/${id}/posting`);
  }
  const arePosted = async (): Promise<boolean> => (await invoices()).every(({ status }) => status === 'posted');
  await eventually('the example invoice is posted', arePosted, { withinMs: postedWithinMs, everyMs: 200 });
};

const seedProvider = async (target: SeedTarget, provider: ExampleProvider): Promise<void> => {
  const { endpoints, cluster } = target;
  const { email } = provider.admin;
  await untilReady(cluster.client, provider.name);
  const admin = await visitPortal(endpoints.gateway, {
    email,
    invitation: await invitationLink(endpoints.mailbox, email),
  });
  const customers = await provideForJobs(admin, provider);
  await Promise.all([
    runJob(cluster.client, { tenant: provider.name, cronJob: 'usage-sync', name: 'first-usage-sync' }),
    runJob(cluster.client, { tenant: provider.name, cronJob: 'psa-sync', name: 'first-psa-sync' }),
    inviteStaff(target, admin, provider, customers),
    provideCatalog(admin, provider.currency),
  ]);
  await provideCabling(
    admin,
    customers.get(provider.people.find(({ customer }) => customer !== undefined)?.customer ?? ''),
  );
  await runJob(cluster.client, { tenant: provider.name, cronJob: 'invoice-run', name: 'first-invoice-run' });
  await postForGuests(admin, provider);
};

/**
 * Makes the example providers, through the same doors as everyone. Each step leaves alone what is there already: what was
 * interrupted is completed by the next call.
 */
export const seedProviders = async (
  target: SeedTarget,
  progress: Progress,
  signal: AbortSignal,
): Promise<SeededPeople> => {
  await progress.step('three example providers', async () => {
    await prepareVendors(target, nextProvider);
    for (const provider of exampleProviders) {
      await prepareVendors(target, provider);
      await applyTenant(target.cluster.client, provider);
    }
    await Promise.all(
      exampleProviders.map(async (provider) => {
        if (!signal.aborted) await seedProvider(target, provider);
      }),
    );
  });
  return people;
};

/** The example providers at the first start of a platform on this machine; later starts find them there. */
export const seedOnce = async (platform: Platform, progress: Progress, signal: AbortSignal): Promise<SeededPeople> => {
  const marker = platform.state.file('seeded.json');
  if (existsSync(marker)) return JSON.parse(readFileSync(marker, 'utf8')) as SeededPeople;
  await seedProviders(platform, progress, signal);
  if (!signal.aborted) await replaceFile(marker, JSON.stringify(people));
  return people;
};
