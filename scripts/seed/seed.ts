import { existsSync, readFileSync } from 'node:fs';
import { localDate } from '@legendops/billing/rating/period';
import type { Platform } from '../local/platform.ts';
import type { Progress } from '../local/progress.ts';
import { replaceFile } from '../local/replace-file.ts';
import { exampleProviders, pax8ClientId, pax8ClientSecret, type ExampleProvider } from './example-providers.ts';
import { invitationLink } from './invitation-link.ts';
import { pax8Account, pax8ProductId } from './pax8-account.ts';
import { visitPortal, type PortalVisitor } from './portal-visitor.ts';
import { runJob } from './run-job.ts';
import { applyTenant, untilReady } from './tenant-resource.ts';

/** Who can sign in with one click, for the table after the start. */
export type SeededPeople = readonly { label: string; email: string }[];

const people: SeededPeople = exampleProviders.flatMap(({ displayName, admin, people: staff }) => [
  { label: `  ${displayName}: administrator`, email: admin.email },
  ...staff.map(({ role, email }) => ({ label: `  ${displayName}: ${role.replace('_', ' ')}`, email })),
]);

const prepareVendors = ({ vendors }: Platform, provider: ExampleProvider): void => {
  const { directory, displayName, admin, people: staff, quickBooksRealm, currency, timeZone } = provider;
  vendors.entra.directories.add({
    tid: directory,
    name: displayName,
    people: [admin, ...staff].map(({ name, email }) => ({ name, email })),
  });
  vendors.pax8.putAccount(pax8Account(provider, localDate(new Date(), timeZone)));
  vendors.quickbooks.putCompany({ realmId: quickBooksRealm, name: `${displayName} Books`, currency });
};

const connectVendors = async (admin: PortalVisitor, provider: ExampleProvider): Promise<void> => {
  await admin.put('billing/v1/connections/pax8', {
    clientId: pax8ClientId(provider),
    clientSecret: pax8ClientSecret,
  });
  const { url } = await admin.post<{ url: string }>('billing/v1/connections/quickbooks/authorization');
  // The page of the local QuickBooks lists companies as links; a person would click the one of this provider.
  const page = await (await fetch(url)).text();
  const link = [...page.matchAll(/href="([^"]+)"/g)]
    .map(([, href = '']) => new URL(href.replaceAll('&amp;', '&'), url).href)
    .find((href) => href.includes(provider.quickBooksRealm));
  if (link === undefined) throw new Error(`The local QuickBooks offers no company ${provider.quickBooksRealm}`);
  await admin.visit(link);
};

const writePriceBook = async (admin: PortalVisitor, provider: ExampleProvider): Promise<void> => {
  for (const { product, ...rule } of provider.rules) {
    await admin.post('billing/v1/price-rules', {
      ...('markupPercent' in rule
        ? { kind: 'markup', markupPercent: rule.markupPercent }
        : { kind: 'fixed', unitPrice: rule.unitPrice, currency: provider.currency }),
      ...(product !== null && { productId: pax8ProductId(provider, product) }),
    });
  }
};

const importCustomers = async (admin: PortalVisitor): Promise<Map<string, string>> => {
  await admin.post('portal/v1/customer-imports');
  const { data } = await admin.get<{ data: { id: string; name: string }[] }>('portal/v1/customers?limit=200');
  return new Map(data.map(({ name, id }) => [name, id]));
};

const inviteStaff = async (
  { endpoints }: Platform,
  admin: PortalVisitor,
  { people: staff }: ExampleProvider,
  customers: ReadonlyMap<string, string>,
): Promise<void> => {
  for (const { name, email, role, customer } of staff) {
    const customerId = customer === undefined ? undefined : customers.get(customer);
    await admin.post('auth/v1/invitations', { name, email, role, ...(customerId !== undefined && { customerId }) });
    await visitPortal(endpoints.gateway, { email, invitation: await invitationLink(endpoints.mailbox, email) });
  }
};

const seedProvider = async (platform: Platform, provider: ExampleProvider): Promise<void> => {
  const { endpoints, cluster } = platform;
  const { email } = provider.admin;
  await untilReady(cluster.client, provider.name);
  const admin = await visitPortal(endpoints.gateway, {
    email,
    invitation: await invitationLink(endpoints.mailbox, email),
  });
  await connectVendors(admin, provider);
  await writePriceBook(admin, provider);
  const customers = await importCustomers(admin);
  await runJob(cluster.client, { tenant: provider.name, cronJob: 'usage-sync', name: 'first-usage-sync' });
  await inviteStaff(platform, admin, provider, customers);
  await runJob(cluster.client, { tenant: provider.name, cronJob: 'invoice-run', name: 'first-invoice-run' });
};

/** Makes the example providers at the first start, through the same doors as everyone; later starts find them there. */
export const seedOnce = async (platform: Platform, progress: Progress, signal: AbortSignal): Promise<SeededPeople> => {
  const marker = platform.state.file('seeded.json');
  if (existsSync(marker)) return JSON.parse(readFileSync(marker, 'utf8')) as SeededPeople;
  await progress.step('three example providers', async () => {
    for (const provider of exampleProviders) {
      prepareVendors(platform, provider);
      await applyTenant(platform.cluster.client, provider);
    }
    await Promise.all(
      exampleProviders.map(async (provider) => {
        if (!signal.aborted) await seedProvider(platform, provider);
      }),
    );
  });
  if (!signal.aborted) await replaceFile(marker, JSON.stringify(people));
  return people;
};
