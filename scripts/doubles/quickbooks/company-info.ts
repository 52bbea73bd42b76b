import type { CompanyScope } from './company-scope.ts';

const always = { Id: '1', SyncToken: '0', domain: 'QBO', sparse: false };

export const companyInfo = ({ company }: CompanyScope) => ({
  ...always,
  CompanyName: company.name,
  LegalName: company.name,
  Country: company.country,
  FiscalYearStartMonth: 'January',
});

export function preferencesOf({ company }: CompanyScope) {
  const { CurrencyPrefs, ...preferences } = company.preferences;
  return { ...always, ...preferences, CurrencyPrefs: { ...CurrencyPrefs, HomeCurrency: { value: company.currency } } };
}
