import type { Listed, ListedCustomer, ListedTerms } from './account-lists.ts';
import type { BookFacts } from './book-facts.ts';
import type { QuickBooksAccount } from './quickbooks-account.ts';

/** What was read of a company's books and lists. */
export interface Books {
  facts(): Promise<BookFacts>;
  customers(): Promise<ListedCustomer[]>;
  items(): Promise<Listed[]>;
  taxCodes(): Promise<Listed[]>;
  terms(): Promise<ListedTerms[]>;
}

type Held = { [Name in keyof Books]?: { at: number; read: ReturnType<Books[Name]> } };

const freshMs = 10 * 60_000;

/** Read once in ten minutes for each account: reads are metered, and an account is posted to in batches. */
export const knownBooks = (now: () => Date) => {
  const byRealm = new Map<string, Held>();
  const read = <Name extends keyof Books>(
    realmId: string,
    name: Name,
    account: QuickBooksAccount,
  ): ReturnType<Books[Name]> => {
    const held = byRealm.get(realmId) ?? {};
    byRealm.set(realmId, held);
    const known = held[name];
    if (known && now().getTime() - known.at < freshMs) return known.read;
    const reading = (account[name] as () => ReturnType<Books[Name]>)();
    const entry = { at: now().getTime(), read: reading } as NonNullable<Held[Name]>;
    held[name] = entry;
    // What failed is asked anew.
    reading.catch(() => {
      if (held[name] === entry) delete held[name];
    });
    return reading;
  };
  return {
    of: (realmId: string, account: QuickBooksAccount): Books => ({
      facts: () => read(realmId, 'facts', account),
      customers: () => read(realmId, 'customers', account),
      items: () => read(realmId, 'items', account),
      taxCodes: () => read(realmId, 'taxCodes', account),
      terms: () => read(realmId, 'terms', account),
    }),
    /**
     * What did not fit is read anew: a person who has just put it right does not want to hear of it for ten minutes. True
     * where something was as old as that.
     */
    forget: (realmId: string, { olderThanMs }: { olderThanMs: number }): boolean => {
      const held = Object.values(byRealm.get(realmId) ?? {});
      const isOld = held.some(({ at }) => now().getTime() - at >= olderThanMs);
      if (isOld) byRealm.delete(realmId);
      return isOld;
    },
  };
};
