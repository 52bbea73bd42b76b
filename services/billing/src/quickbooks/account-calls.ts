import { z } from 'zod';
import { callLibrary, libraryClient, writtenEntity, type LibraryClient } from './library.ts';
import { QuickBooksError, type QuickBooksErrorKind } from './quickbooks-error.ts';
import type { Patience } from '@legendops/kit/http/patience';
import { restMs } from './rest.ts';
import type { RealmLimiter } from './realm-limiter.ts';

export interface AccountOptions {
  apiUrl: string;
  realmId: string;
  /** A valid access token; `renew` after QuickBooks refused the last one. */
  token: (options: { renew: boolean }) => Promise<string>;
  limiter: RealmLimiter;
  /** Ends whatever is under way, and every later call. */
  signal?: AbortSignal | undefined;
  /** A token that was renewed just now is refused, too: the right itself is gone. */
  onRefused?: (() => Promise<void>) | undefined;
  /** The subscription of these books has ended: nothing can be asked or written until it is renewed. */
  onLapsed?: (() => Promise<void>) | undefined;
  /** Of who only reads: is asked again, where it had no time or did not answer. */
  patience?: Patience | undefined;
}

const timeoutMs = 60_000;
const attempts = 6;
const passing = new Set<QuickBooksErrorKind>(['throttled', 'unreachable', 'in-doubt']);
const mostRows = 1_000;

const entityOf = {
  findCustomers: 'Customer',
  findVendors: 'Vendor',
  findEmployees: 'Employee',
  findItems: 'Item',
  findInvoices: 'Invoice',
  findCreditMemos: 'CreditMemo',
  findAccounts: 'Account',
  findTaxCodes: 'TaxCode',
  findTerms: 'Term',
} as const;
export type Find = keyof typeof entityOf;
export type Create = 'createCustomer' | 'createItem' | 'createInvoice' | 'createCreditMemo';

export const parsed = <Schema extends z.ZodType>(schema: Schema, data: unknown): z.infer<Schema> => {
  const result = schema.safeParse(data);
  if (!result.success) throw new QuickBooksError('in-doubt', 'unknown-form', 'QuickBooks answered in an unknown form');
  return result.data;
};

/** What is asked of one account: within its limits, under a deadline, and once more with a new token. */
export const accountCalls = ({
  apiUrl,
  realmId,
  token,
  limiter,
  signal,
  onRefused,
  onLapsed,
  patience,
}: AccountOptions) => {
  const once = async (renew: boolean, start: (client: LibraryClient, done: never) => void): Promise<unknown> => {
    const accessToken = await token({ renew });
    return limiter.run(realmId, () => {
      if (signal?.aborted)
        throw new QuickBooksError('unreachable', 'deadline', 'QuickBooks was too slow for this attempt');
      const ends = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
      return callLibrary(ends, (callback) => start(libraryClient({ apiUrl, realmId, accessToken }), callback as never));
    });
  };
  const is = (kind: QuickBooksError['kind'], error: unknown): boolean =>
    error instanceof QuickBooksError && error.kind === kind;
  const withNewToken = async (start: (client: LibraryClient, done: never) => void): Promise<unknown> => {
    try {
      return await once(false, start);
    } catch (error) {
      if (!is('token', error)) throw error;
    }
    try {
      return await once(true, start);
    } catch (error) {
      if (is('token', error)) await onRefused?.();
      throw error;
    }
  };
  const call = async (start: (client: LibraryClient, done: never) => void): Promise<unknown> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await withNewToken(start);
      } catch (error) {
        if (is('lapsed', error)) await onLapsed?.();
        const isPassing = error instanceof QuickBooksError && passing.has(error.kind);
        if (!patience || !isPassing || attempt === attempts || !(await patience.wait(restMs(error, attempt))))
          throw error;
      }
    }
  };
  /** At most 1,000 from a place on. */
  const find = async (method: Find, where: string, from = 1): Promise<unknown[]> => {
    const text = `${where} startposition ${from} maxresults ${mostRows}`;
    const body = await call((client, done) => client[method](text as never, done));
    const schema = z.object({ QueryResponse: z.record(z.string(), z.unknown()) });
    const list = parsed(schema, body).QueryResponse[entityOf[method]];
    return Array.isArray(list) ? (list as unknown[]) : [];
  };
  return {
    call,
    find,
    /** All of a list, whether active or not. */
    all: async (method: Find): Promise<unknown[]> => {
      const rows: unknown[] = [];
      for (;;) {
        const page = await find(method, 'where Active in (true, false)', rows.length + 1);
        rows.push(...page);
        if (page.length < mostRows) return rows;
      }
    },
    // A fresh copy for each call: the library deletes requestId from the object that it is given.
    create: async (method: Create, body: Record<string, unknown>, requestId: string) =>
      writtenEntity(await call((client, done) => client[method]({ ...body, requestId }, done))),
  };
};

export type AccountCalls = ReturnType<typeof accountCalls>;
