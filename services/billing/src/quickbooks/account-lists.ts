import { z } from 'zod';
import { parsed, type AccountCalls } from './account-calls.ts';
import { queryText } from './query-text.ts';
import { QuickBooksError } from './quickbooks-error.ts';
import { fingerprintIn } from './sale.ts';

/** An entry of one of QuickBooks's lists, active or not. */
export interface Listed {
  id: string;
  name: string;
  isActive: boolean;
}
export interface ListedCustomer extends Listed {
  /** Undefined where QuickBooks does not say. */
  currency: string | undefined;
  /** What we made it for; empty where it carries none of ours. */
  fingerprint: string;
}
export interface ListedTerms extends Listed {
  /** Undefined of terms that end on a day of the month. */
  dueDays: number | undefined;
  dayOfMonth: number | undefined;
  /** What is issued fewer days before that day is due a month later. */
  nextMonthDays: number;
}
/** Who has a name that no other customer, vendor or employee may have. */
export interface NameHolder extends Listed {
  type: 'customer' | 'vendor' | 'employee';
  fingerprint: string;
}

const entry = { Id: z.string(), Active: z.boolean().default(true) };
const Customer = z
  .object({
    ...entry,
    DisplayName: z.string(),
    Notes: z.string().default(''),
    CurrencyRef: z.object({ value: z.string() }).optional(),
  })
  .transform(({ Id, DisplayName, Active, Notes, CurrencyRef }): ListedCustomer => ({
    id: Id,
    name: DisplayName,
    isActive: Active,
    currency: CurrencyRef?.value,
    fingerprint: fingerprintIn(Notes),
  }));
const Named = z
  .object({ ...entry, Name: z.string() })
  .transform(({ Id, Name, Active }): Listed => ({ id: Id, name: Name, isActive: Active }));
const Terms = z
  .object({
    ...entry,
    Name: z.string(),
    DueDays: z.number().int().optional(),
    DayOfMonthDue: z.number().int().min(1).max(31).optional(),
    DueNextMonthDays: z.number().int().default(0),
  })
  .transform(({ Id, Name, Active, DueDays, DayOfMonthDue, DueNextMonthDays }): ListedTerms => ({
    id: Id,
    name: Name,
    isActive: Active,
    dueDays: DueDays,
    dayOfMonth: DayOfMonthDue,
    nextMonthDays: DueNextMonthDays,
  }));

// An entry that cannot be read is nothing to choose; the others are.
const readable = <Schema extends z.ZodType>(schema: Schema, rows: readonly unknown[]): z.infer<Schema>[] =>
  rows.flatMap((row) => {
    const { data } = schema.safeParse(row);
    return data === undefined ? [] : [data];
  });

export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Reads and makes what invoices refer to. */
export const accountLists = ({ all, find, create }: AccountCalls) => {
  const holders = async (
    method: 'findCustomers' | 'findVendors' | 'findEmployees',
    type: NameHolder['type'],
    name: string,
  ): Promise<NameHolder[]> =>
    readable(Customer, await find(method, `where DisplayName = ${queryText(name)} and Active in (true, false)`))
      .filter((found) => sameName(found.name, name))
      .map(({ id, name: held, isActive, fingerprint }) => ({ type, id, name: held, isActive, fingerprint }));
  /** What was made is what was asked for, or nobody knows what was made. */
  const asAsked = <Made extends Listed>(made: Made, name: string): Made => {
    if (made.name === name) return made;
    throw new QuickBooksError('in-doubt', 'other-entity', 'QuickBooks answered with something of another name');
  };
  return {
    customers: async (): Promise<ListedCustomer[]> => readable(Customer, await all('findCustomers')),
    items: async (): Promise<Listed[]> => readable(Named, await all('findItems')),
    taxCodes: async (): Promise<Listed[]> => readable(Named, await all('findTaxCodes')),
    terms: async (): Promise<ListedTerms[]> => readable(Terms, await all('findTerms')),
    nameHolder: async (name: string): Promise<NameHolder | undefined> =>
      (await holders('findCustomers', 'customer', name))[0] ??
      (await holders('findVendors', 'vendor', name))[0] ??
      (await holders('findEmployees', 'employee', name))[0],
    createCustomer: async (
      { name, currency, note }: { name: string; currency: string | null; note: string },
      requestId: string,
    ): Promise<ListedCustomer> => {
      const body = { DisplayName: name, Notes: note, ...(currency !== null && { CurrencyRef: { value: currency } }) };
      return asAsked(parsed(Customer, await create('createCustomer', body, requestId)), name);
    },
    createServiceItem: async (name: string, requestId: string): Promise<Listed> => {
      const [account] = readable(
        z.object({ Id: z.string() }),
        await find('findAccounts', "where AccountType = 'Income'"),
      );
      if (account === undefined)
        throw new QuickBooksError('rejected', 'no-income-account', 'The books have no income account');
      const body = { Name: name, Type: 'Service', IncomeAccountRef: { value: account.Id } };
      return asAsked(parsed(Named, await create('createItem', body, requestId)), name);
    },
  };
};
