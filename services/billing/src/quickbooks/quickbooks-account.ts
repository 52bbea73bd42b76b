import { createHash } from 'node:crypto';
import { z } from 'zod';
import { callLibrary, libraryClient, writtenEntity, type LibraryClient } from './library.ts';
import { queryText } from './query-text.ts';
import { QuickBooksError } from './quickbooks-error.ts';
import type { RealmLimiter } from './realm-limiter.ts';

/** One invoice as it is sent; amounts are decimal text in whole currency units. */
export interface OutgoingInvoice {
  customerId: string;
  itemId: string;
  docNumber: string;
  date: string;
  currency: string | undefined;
  /** Ours, so that an invoice found later is known to be ours. */
  fingerprint: string;
  lines: readonly { description: string; amount: string }[];
}

export interface QuickBooksInvoice {
  id: string;
  syncToken: string;
  docNumber: string;
  /** Decimal text. */
  total: string;
  customerId: string | undefined;
  /** Undefined in an account without Multicurrency. */
  currency: string | undefined;
  /** Empty where the note has none of ours. */
  fingerprint: string;
}

/** One account at QuickBooks, as far as billing uses it. Every method rejects with a QuickBooksError. */
export interface QuickBooksAccount {
  name(): Promise<string>;
  preferences(): Promise<{ multiCurrency: boolean; homeCurrency: string | undefined; customNumbers: boolean }>;
  /** The customer of this name, created when there is none. Ids are QuickBooks's own. */
  ensureCustomer(name: string): Promise<string>;
  ensureServiceItem(name: string): Promise<string>;
  createInvoice(invoice: OutgoingInvoice, requestId: string): Promise<QuickBooksInvoice>;
  invoicesByNumber(docNumbers: readonly string[]): Promise<QuickBooksInvoice[]>;
  invoicesById(ids: readonly string[]): Promise<QuickBooksInvoice[]>;
  /** A customer's invoices of one day. */
  invoicesOf(customerId: string, date: string): Promise<QuickBooksInvoice[]>;
}

const timeoutMs = 60_000;
const fingerprintPrefix = 'LegendOps ';
// People write around it, and a void puts its own words before it.
const fingerprintPattern = /LegendOps ([0-9a-f-]{36})/;

const QuickBooksInvoiceBody = z
  .object({
    Id: z.string(),
    SyncToken: z.string(),
    DocNumber: z.string().default(''),
    TotalAmt: z.number(),
    PrivateNote: z.string().default(''),
    CustomerRef: z.object({ value: z.string() }).optional(),
    CurrencyRef: z.object({ value: z.string() }).optional(),
  })
  .transform(({ Id, SyncToken, DocNumber, TotalAmt, PrivateNote, CustomerRef, CurrencyRef }) => ({
    id: Id,
    syncToken: SyncToken,
    docNumber: DocNumber,
    total: TotalAmt.toString(),
    customerId: CustomerRef?.value,
    currency: CurrencyRef?.value,
    fingerprint: fingerprintPattern.exec(PrivateNote)?.[1] ?? '',
  }));

const Named = z.object({ Id: z.string(), Active: z.boolean().default(true) });

const parsed = <Schema extends z.ZodType>(schema: Schema, data: unknown): z.infer<Schema> => {
  const result = schema.safeParse(data);
  if (!result.success) throw new QuickBooksError('in-doubt', 'unknown-form', 'QuickBooks answered in an unknown form');
  return result.data;
};

// Stable for what is made, so that a repeated call after a lost answer makes no second one.
const requestIdOf = (...parts: string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);

type Find = 'findCustomers' | 'findItems' | 'findInvoices' | 'findAccounts';
const entityOf: Record<Find, string> = {
  findCustomers: 'Customer',
  findItems: 'Item',
  findInvoices: 'Invoice',
  findAccounts: 'Account',
};

export const quickBooksAccount = ({
  apiUrl,
  realmId,
  token,
  limiter,
  signal,
  onRefused,
}: {
  apiUrl: string;
  realmId: string;
  /** A valid access token; `renew` after QuickBooks refused the last one. */
  token: (options: { renew: boolean }) => Promise<string>;
  limiter: RealmLimiter;
  /** Ends whatever is under way, and every later call. */
  signal?: AbortSignal | undefined;
  /** A token that was renewed just now is refused, too: the right itself is gone. */
  onRefused?: (() => Promise<void>) | undefined;
}): QuickBooksAccount => {
  const once = async (renew: boolean, start: (client: LibraryClient, done: never) => void): Promise<unknown> => {
    const accessToken = await token({ renew });
    return limiter.run(realmId, () => {
      if (signal?.aborted)
        throw new QuickBooksError('unreachable', 'deadline', 'QuickBooks was too slow for this attempt');
      const ends = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
      return callLibrary(ends, (callback) => start(libraryClient({ apiUrl, realmId, accessToken }), callback as never));
    });
  };
  const call = async (start: (client: LibraryClient, done: never) => void): Promise<unknown> => {
    const isRefused = (error: unknown): boolean => error instanceof QuickBooksError && error.kind === 'token';
    try {
      return await once(false, start);
    } catch (error) {
      if (!isRefused(error)) throw error;
    }
    try {
      return await once(true, start);
    } catch (error) {
      if (isRefused(error)) await onRefused?.();
      throw error;
    }
  };
  const find = async (method: Find, where: string): Promise<unknown[]> => {
    const body = await call((client, done) => client[method](where as never, done));
    const schema = z.object({ QueryResponse: z.record(z.string(), z.unknown()) });
    const list = parsed(schema, body).QueryResponse[entityOf[method]];
    return Array.isArray(list) ? (list as unknown[]) : [];
  };
  // A fresh copy for each call: the library deletes requestId from the object that it is given.
  const create = async (
    method: 'createCustomer' | 'createItem' | 'createInvoice',
    body: Record<string, unknown>,
    requestId: string,
  ) => writtenEntity(await call((client, done) => client[method]({ ...body, requestId }, done)));

  const activeId = async (method: Find, where: string): Promise<string | undefined> => {
    const [found] = await find(method, where);
    return found === undefined ? undefined : parsed(Named, found).Id;
  };
  const invoicesWhere = async (condition: string): Promise<QuickBooksInvoice[]> =>
    (await find('findInvoices', `where ${condition} startposition 1 maxresults 1000`)).map((found) =>
      parsed(QuickBooksInvoiceBody, found),
    );
  const invoicesIn = async (field: 'Id' | 'DocNumber', values: readonly string[]): Promise<QuickBooksInvoice[]> =>
    values.length === 0 ? [] : invoicesWhere(`${field} in (${values.map(queryText).join(', ')})`);

  return {
    name: async () => {
      const body = await call((client, done) => client.getCompanyInfo(realmId, done));
      return parsed(z.object({ CompanyName: z.string() }), body).CompanyName;
    },
    preferences: async () => {
      const body = parsed(
        z.object({
          CurrencyPrefs: z
            .object({
              MultiCurrencyEnabled: z.boolean().default(false),
              HomeCurrency: z.object({ value: z.string() }).optional(),
            })
            .default({ MultiCurrencyEnabled: false }),
          SalesFormsPrefs: z
            .object({ CustomTxnNumbers: z.boolean().default(false) })
            .default({ CustomTxnNumbers: false }),
        }),
        await call((client, done) => client.getPreferences(done)),
      );
      return {
        multiCurrency: body.CurrencyPrefs.MultiCurrencyEnabled,
        homeCurrency: body.CurrencyPrefs.HomeCurrency?.value,
        customNumbers: body.SalesFormsPrefs.CustomTxnNumbers,
      };
    },
    ensureCustomer: async (name) => {
      const found = await activeId('findCustomers', `where DisplayName = ${queryText(name)}`);
      if (found !== undefined) return found;
      return (await create('createCustomer', { DisplayName: name }, requestIdOf(realmId, 'customer', name))).Id;
    },
    ensureServiceItem: async (name) => {
      const found = await activeId('findItems', `where Name = ${queryText(name)}`);
      if (found !== undefined) return found;
      const account = await activeId('findAccounts', "where AccountType = 'Income'");
      if (account === undefined)
        throw new QuickBooksError('rejected', 'no-income-account', 'The books have no income account');
      const item = { Name: name, Type: 'Service', IncomeAccountRef: { value: account } };
      return (await create('createItem', item, requestIdOf(realmId, 'item', name))).Id;
    },
    createInvoice: async (invoice, requestId) => {
      const body = {
        CustomerRef: { value: invoice.customerId },
        DocNumber: invoice.docNumber,
        TxnDate: invoice.date,
        PrivateNote: `${fingerprintPrefix}${invoice.fingerprint}`,
        ...(invoice.currency !== undefined && { CurrencyRef: { value: invoice.currency } }),
        Line: invoice.lines.map(({ description, amount }) => ({
          DetailType: 'SalesItemLineDetail',
          Description: description.slice(0, 4_000),
          Amount: Number(amount),
          // One of the whole amount: QuickBooks keeps 7 digits of a unit price and would round a prorated line anew.
          SalesItemLineDetail: {
            ItemRef: { value: invoice.itemId },
            Qty: 1,
            UnitPrice: Number(amount),
            TaxCodeRef: { value: 'NON' },
          },
        })),
      };
      return parsed(QuickBooksInvoiceBody, await create('createInvoice', body, requestId));
    },
    invoicesByNumber: (docNumbers) => invoicesIn('DocNumber', docNumbers),
    invoicesById: (ids) => invoicesIn('Id', ids),
    invoicesOf: (customerId, date) =>
      invoicesWhere(`CustomerRef = ${queryText(customerId)} and TxnDate = ${queryText(date)}`),
  };
};
