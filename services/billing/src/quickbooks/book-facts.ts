import { z } from 'zod';
import { parsed, type AccountCalls } from './account-calls.ts';

/** How a company keeps its books, as far as an invoice has to fit in. */
export interface BookFacts {
  /** Two letters; undefined when QuickBooks did not say. */
  country: string | undefined;
  multiCurrency: boolean;
  /** ISO 4217; undefined when QuickBooks did not say. */
  homeCurrency: string | undefined;
  customNumbers: boolean;
  usesSalesTax: boolean;
  /** Nothing on or before this day can be written. */
  closedThrough: string | undefined;
}

const Preferences = z.object({
  CurrencyPrefs: z
    .object({
      MultiCurrencyEnabled: z.boolean().default(false),
      HomeCurrency: z.object({ value: z.string() }).optional(),
    })
    .prefault({}),
  SalesFormsPrefs: z.object({ CustomTxnNumbers: z.boolean().default(false) }).prefault({}),
  TaxPrefs: z
    .object({ UsingSalesTax: z.boolean().default(false), PartnerTaxEnabled: z.boolean().default(false) })
    .prefault({}),
  AccountingInfoPrefs: z.object({ BookCloseDate: z.iso.date().optional().catch(undefined) }).prefault({}),
});
const CompanyInfo = z.object({ CompanyName: z.string(), Country: z.string().optional() });

export const readCompany = async ({ call }: AccountCalls, realmId: string) =>
  parsed(CompanyInfo, await call((client, done) => client.getCompanyInfo(realmId, done)));

export const readBookFacts = async (calls: AccountCalls, realmId: string): Promise<BookFacts> => {
  const body = parsed(Preferences, await calls.call((client, done) => client.getPreferences(done)));
  const { MultiCurrencyEnabled, HomeCurrency } = body.CurrencyPrefs;
  return {
    country: (await readCompany(calls, realmId)).Country,
    multiCurrency: MultiCurrencyEnabled,
    homeCurrency: HomeCurrency?.value,
    customNumbers: body.SalesFormsPrefs.CustomTxnNumbers,
    usesSalesTax: body.TaxPrefs.UsingSalesTax || body.TaxPrefs.PartnerTaxEnabled,
    closedThrough: body.AccountingInfoPrefs.BookCloseDate,
  };
};

export const isInTheUs = ({ country }: Pick<BookFacts, 'country'>): boolean =>
  country === undefined || country === 'US';
