import { localDate } from '@legendops/billing/rating/period';
import type { DirectoryInput } from '../doubles/entra/directories.ts';
import type { AccountSeed } from '../doubles/pax8/account.ts';
import type { AccountSeed as SuperOpsSeed } from '../doubles/superops/account.ts';
import type { CompanySeed } from '../doubles/quickbooks/company.ts';
import { pax8ClientId, pax8ClientSecret, type ExampleProvider } from './example-providers.ts';
import { pax8Account, pax8ProductId } from './pax8-account.ts';
import { superOpsAccount, superOpsToken } from './superops-account.ts';
import { PortalRefusal, type PortalVisitor } from './portal-visitor.ts';

/** Where a vendor's double takes what is its vendor's to know: in this process, or at another's address. */
export interface VendorDoors {
  entra: { directories: { add(directory: DirectoryInput): unknown } };
  pax8: { putAccount(account: AccountSeed): unknown };
  quickbooks: { putCompany(company: CompanySeed): unknown };
  superops: { putAccount(account: SuperOpsSeed): unknown };
}

/** Puts a provider's directory, partner account, books and service desk into the doubles. */
export const prepareVendors = async (
  { vendors }: { vendors: VendorDoors },
  provider: ExampleProvider,
): Promise<void> => {
  const { directory, displayName, admin, people: staff, quickBooksRealm, currency, timeZone } = provider;
  await vendors.entra.directories.add({
    tid: directory,
    name: displayName,
    people: [admin, ...staff].map(({ name, email }) => ({ name, email })),
  });
  await vendors.pax8.putAccount(pax8Account(provider, localDate(new Date(), timeZone)));
  await vendors.quickbooks.putCompany({ realmId: quickBooksRealm, name: `${displayName} Books`, currency });
  await vendors.superops.putAccount(superOpsAccount(provider, localDate(new Date(), timeZone)));
};

const connectVendors = async (admin: PortalVisitor, provider: ExampleProvider): Promise<void> => {
  await admin.put('billing/v1/connections/pax8', {
    clientId: pax8ClientId(provider),
    clientSecret: pax8ClientSecret,
  });
  await admin.put('portal/v1/superops-connection', {
    region: 'us',
    subdomain: provider.name,
    token: superOpsToken,
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

// An interrupted start has written it already.
const unlessThere = (error: unknown): void => {
  if (!(error instanceof PortalRefusal) || error.code !== 'price-rule.exists') throw error;
};

const writePriceBook = async (admin: PortalVisitor, provider: ExampleProvider): Promise<void> => {
  for (const { product, ...rule } of provider.rules) {
    await admin
      .post('billing/v1/price-rules', {
        ...('markupPercent' in rule
          ? { kind: 'markup', markupPercent: rule.markupPercent }
          : { kind: 'fixed', unitPrice: rule.unitPrice, currency: provider.currency, billingTerm: 'Monthly' }),
        ...(product !== null && { productId: pax8ProductId(provider, product) }),
      })
      .catch(unlessThere);
  }
};

const importCustomers = async (admin: PortalVisitor): Promise<Map<string, string>> => {
  await admin.post('portal/v1/customer-imports');
  const { data } = await admin.get<{ data: { id: string; name: string }[] }>('portal/v1/customers?limit=200');
  return new Map(data.map(({ name, id }) => [name, id]));
};

/** What an administrator does before the first run: connect vendors, write the price book, import customers (by name). */
export const provideForJobs = async (admin: PortalVisitor, provider: ExampleProvider): Promise<Map<string, string>> => {
  await connectVendors(admin, provider);
  await writePriceBook(admin, provider);
  return importCustomers(admin);
};
