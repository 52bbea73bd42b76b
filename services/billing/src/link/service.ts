import type { ActingScope } from '@legendops/kit/audit/audit';
import type { Actor } from '@legendops/kit/auth/actor';
import type { Page, PageQuery } from '@legendops/kit/contract/page';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { Problem, problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import type { z } from 'zod';
import { connectionMissing } from '../connection/vendors.ts';
import type { InvoiceService } from '../invoice/service.ts';
import type { PostingCode } from '../posting/posting-reasons.ts';
import type { ListedCustomer } from '../quickbooks/account-lists.ts';
import { isInTheUs } from '../quickbooks/book-facts.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import type { TenantAccount, TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import type {
  BookChoices,
  Books,
  Link,
  LinkKind,
  CustomerLink,
  NewLink,
  NewQuickBooksCustomer,
  QuickBooksEntries,
} from './contract.ts';
import { linksAsCsv } from './csv.ts';
import type { KnownLinks } from './known-links.ts';
import { mayChoose } from './policy.ts';
import { presentCustomerLink, presentEntry, presentLink, type Listing } from './presenter.ts';
import { missingChoices } from './sale-rules.ts';
import type { LinkedCustomerRow, LinkStore } from './store.ts';

type Confirming = ActingScope<'link.confirmed' | 'invoice.posting-requested'>;

export interface LinkService {
  /** Active customers by name: who each of them is in QuickBooks, or may be. Throws connection.missing. */
  page(scope: Scope, actor: Actor, query: PageQuery): Promise<Page<CustomerLink>>;
  asCsv(scope: Scope): Promise<string>;
  /** What can be chosen in QuickBooks, by a part of its name. */
  entries(
    scope: Scope,
    query: { kind: LinkKind; search?: string | undefined },
  ): Promise<z.infer<typeof QuickBooksEntries>>;
  /** Links what QuickBooks has, and posts what waited for it. */
  confirm(scope: Confirming, actor: Actor, wanted: NewLink): Promise<Link>;
  /** A new customer is made in QuickBooks with the next invoice; what waited for it is posted. */
  make(scope: Confirming, actor: Actor, wanted: NewQuickBooksCustomer): Promise<Link>;
  remove(scope: ActingScope<'link.removed'>, id: string, version: number): Promise<void>;
  books(scope: Scope, actor: Actor): Promise<Books>;
  /** Tells what these books ask for as soon as they are connected. Where they cannot be read the first posting tells it. */
  tellMissing(scope: Scope): Promise<void>;
  choose(
    scope: ActingScope<'books.changed' | 'invoice.posting-requested'>,
    actor: Actor,
    choices: BookChoices,
  ): Promise<Books>;
}

// Whoever looks at it may have changed something in QuickBooks a moment ago.
const lookedAt = { olderThanMs: 20_000 };
const mostEntries = 50;
const wholePage = 200;

/** What a link, once it is there, lets go on. */
const codesOf: Record<LinkKind, readonly PostingCode[]> = {
  customer: ['link-needed'],
  item: ['item-needed'],
  'tax-code': ['tax-code-needed'],
  terms: [],
};

const invalid = (pointer: string, detail: string) =>
  problem('request.invalid', { places: [{ pointer, code: 'invalid', detail }] });

// In the US a line is one of these two, whatever the list of tax codes says.
const usTaxCodes = [
  { id: 'TAX', name: 'Taxable', isActive: true },
  { id: 'NON', name: 'Not taxable', isActive: true },
];

const orUnavailable = (error: unknown): never => {
  if (error instanceof QuickBooksError)
    throw problem('vendor.unavailable', { detail: `${error.message}; try again in a minute` });
  throw error;
};

export const linkService = ({
  store,
  links,
  accounts,
  invoices,
}: {
  store: LinkStore;
  links: KnownLinks;
  accounts: TenantAccounts;
  invoices: Pick<InvoiceService, 'postAgain'>;
}): LinkService => {
  const realmOf = async (scope: Scope): Promise<string> => {
    const realmId = await store.realm(scope);
    if (realmId === undefined) throw connectionMissing('quickbooks');
    return realmId;
  };
  const listOf = async ({ books }: TenantAccount, kind: LinkKind): Promise<Omit<ListedCustomer, 'fingerprint'>[]> => {
    const withCurrency = { currency: undefined };
    if (kind === 'customer') return books.customers();
    if (kind === 'item') return (await books.items()).map((one) => ({ ...one, ...withCurrency }));
    if (kind === 'terms') return (await books.terms()).map((one) => ({ ...one, ...withCurrency }));
    const codes = isInTheUs(await books.facts()) ? usTaxCodes : await books.taxCodes();
    return codes.map((one) => ({ ...one, ...withCurrency }));
  };
  const listingOf = async (scope: Scope, realmId: string): Promise<Listing | undefined> => {
    try {
      const connected = await accounts.of(scope.tenantId);
      connected.forgetBooks(lookedAt);
      return { listed: await connected.books.customers(), taken: await links.taken(scope, realmId) };
    } catch (error) {
      // What is linked can be seen all the same; of the others the list says that nobody could be asked.
      if (error instanceof QuickBooksError || error instanceof Problem) return undefined;
      throw error;
    }
  };
  const requireCustomer = async (scope: Scope, customerId: string | undefined): Promise<string> => {
    const name = customerId === undefined ? undefined : await store.customerName(scope, customerId);
    if (name === undefined) throw invalid('/body/customerId', 'There is no such customer');
    return name;
  };
  const wholeList = async (scope: Scope, realmId: string): Promise<LinkedCustomerRow[]> => {
    const all: LinkedCustomerRow[] = [];
    for (;;) {
      const last = all.at(-1);
      const some = await store.customers(scope, realmId, { after: last && [last.name, last.id], limit: wholePage });
      all.push(...some);
      if (some.length <= wholePage) return all;
    }
  };
  const readBooks = async (scope: Scope, actor: Actor): Promise<Books> => {
    const connected = await accounts.of(scope.tenantId);
    connected.forgetBooks(lookedAt);
    const facts = await connected.books.facts().catch(orUnavailable);
    const rules = await links.rules(scope, connected.realmId);
    return {
      realmId: connected.realmId,
      country: facts.country ?? null,
      homeCurrency: facts.homeCurrency ?? null,
      multiCurrency: facts.multiCurrency,
      usesSalesTax: facts.usesSalesTax,
      closedThrough: facts.closedThrough ?? null,
      choices: await links.choices(scope, connected.realmId),
      links: rules.map(presentLink),
      missing: missingChoices(facts, rules).map(({ what }) => what),
      acts: { choose: mayChoose(actor) },
    };
  };
  const confirmed = async (
    scope: Confirming,
    subject: Parameters<LinkStore['confirm']>[1],
    chosen: Parameters<LinkStore['confirm']>[2],
  ): Promise<Link> => {
    const row = await store.confirm(scope, subject, chosen);
    const customerId = subject.kind === 'customer' ? (subject.customerId ?? undefined) : undefined;
    await invoices.postAgain(scope, { codes: codesOf[subject.kind], customerId });
    return presentLink(row);
  };
  return {
    page: async (scope, actor, query) => {
      const realmId = await realmOf(scope);
      const listing = await listingOf(scope, realmId);
      return listPage(query, {
        list: 'links',
        by: ['text', 'id'],
        read: (place) => store.customers(scope, realmId, place),
        keys: (row) => [row.name, row.id],
        present: (row) => presentCustomerLink(row, listing, actor),
      });
    },
    asCsv: async (scope) => {
      const realmId = await realmOf(scope);
      return linksAsCsv(await wholeList(scope, realmId), await links.rules(scope, realmId));
    },
    entries: async (scope, { kind, search = '' }) => {
      const connected = await accounts.of(scope.tenantId);
      const words = search.toLowerCase().split(/\s+/);
      const found = (await listOf(connected, kind).catch(orUnavailable))
        .filter(({ name, isActive }) => isActive && words.every((word) => name.toLowerCase().includes(word)))
        .toSorted((one, other) => one.name.localeCompare(other.name));
      return { data: found.slice(0, mostEntries).map(presentEntry), more: found.length > mostEntries };
    },
    confirm: async (scope, actor, { kind, customerId, productId, quickBooksId }) => {
      if (kind === 'customer' && productId !== undefined) throw invalid('/body/productId', 'A customer has no product');
      const about =
        kind === 'customer' || customerId !== undefined ? await requireCustomer(scope, customerId) : undefined;
      const connected = await accounts.of(scope.tenantId);
      // What a person made a moment ago in QuickBooks is not in what was read before.
      const find = async () =>
        (await listOf(connected, kind).catch(orUnavailable)).find(
          ({ id, isActive }) => id === quickBooksId && isActive,
        );
      const entry = (await find()) ?? (connected.forgetBooks() ? await find() : undefined);
      if (!entry)
        throw invalid('/body/quickBooksId', 'QuickBooks has no such entry that is active; make it active there first');
      const isOfCurrency = kind === 'customer' && (await connected.books.facts().catch(orUnavailable)).multiCurrency;
      const subject = {
        realmId: connected.realmId,
        kind,
        customerId: customerId ?? null,
        productId: productId ?? null,
        currency: isOfCurrency ? (entry.currency ?? null) : null,
      };
      const name = entry.name;
      return confirmed(scope, subject, { quickBooksId, name, memberId: actor.memberId, about: about ?? name });
    },
    make: async (scope, actor, { customerId, currency, name }) => {
      const about = await requireCustomer(scope, customerId);
      const connected = await accounts.of(scope.tenantId);
      const facts = await connected.books.facts().catch(orUnavailable);
      const subject = {
        realmId: connected.realmId,
        kind: 'customer' as const,
        customerId,
        productId: null,
        currency: facts.multiCurrency ? (currency ?? facts.homeCurrency ?? null) : null,
      };
      return confirmed(scope, subject, { quickBooksId: null, name, memberId: actor.memberId, about });
    },
    remove: (scope, id, version) => store.remove(scope, id, version),
    books: readBooks,
    tellMissing: async (scope) => {
      try {
        const { realmId, account } = await accounts.of(scope.tenantId);
        const missing = missingChoices(await account.facts(), await links.rules(scope, realmId));
        await store.tell(scope, realmId, missing);
      } catch (error) {
        if (!(error instanceof QuickBooksError)) throw error;
      }
    },
    choose: async (scope, actor, choices) => {
      await store.choose(scope, await realmOf(scope), choices);
      if (choices.closedBooks !== 'ask')
        await invoices.postAgain(scope, { codes: ['books-closed'], customerId: undefined });
      return readBooks(scope, actor);
    },
  };
};
