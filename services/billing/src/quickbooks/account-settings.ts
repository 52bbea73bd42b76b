import type { QuickBooksAccount } from './quickbooks-account.ts';

/** What every invoice to an account needs to know of it. */
export interface AccountSettings {
  /** The item that invoice lines name. */
  itemId: string;
  multiCurrency: boolean;
  /** ISO 4217; undefined when QuickBooks did not say. */
  homeCurrency: string | undefined;
  customNumbers: boolean;
}

const itemName = 'Managed services';
const freshMs = 10 * 60_000;

/** Read once in ten minutes for each account: reads are metered, and an account is posted to in batches. */
export const accountSettings = (now: () => Date) => {
  const known = new Map<string, { until: number; settings: AccountSettings }>();
  return {
    of: async (realmId: string, account: QuickBooksAccount): Promise<AccountSettings> => {
      const held = known.get(realmId);
      if (held && held.until > now().getTime()) return held.settings;
      const settings = { ...(await account.preferences()), itemId: await account.ensureServiceItem(itemName) };
      known.set(realmId, { until: now().getTime() + freshMs, settings });
      return settings;
    },
    /** What did not fit is read anew: a person who has just put it right does not want to hear of it for ten minutes. */
    forget: (realmId: string): void => void known.delete(realmId),
  };
};
