import type { QuickBooksCompany } from './quickbooks-company.ts';

/** What every invoice to a company's books needs to know of them. */
export interface BookSettings {
  /** The item that invoice lines name. */
  itemId: string;
  multiCurrency: boolean;
  /** ISO 4217; undefined when QuickBooks did not say. */
  homeCurrency: string | undefined;
  customNumbers: boolean;
}

const itemName = 'Managed services';
const freshMs = 10 * 60_000;

/** Read once in ten minutes for each company: reads are metered, and a company is posted to in batches. */
export const bookSettings = (now: () => Date) => {
  const known = new Map<string, { until: number; settings: BookSettings }>();
  return {
    of: async (realmId: string, company: QuickBooksCompany): Promise<BookSettings> => {
      const held = known.get(realmId);
      if (held && held.until > now().getTime()) return held.settings;
      const settings = { ...(await company.preferences()), itemId: await company.ensureServiceItem(itemName) };
      known.set(realmId, { until: now().getTime() + freshMs, settings });
      return settings;
    },
    /** What did not fit is read anew: a person who has just put it right does not want to hear of it for ten minutes. */
    forget: (realmId: string): void => void known.delete(realmId),
  };
};
