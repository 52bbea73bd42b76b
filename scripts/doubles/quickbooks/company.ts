import * as z from 'zod';

/** Entities that the double knows; those without an operation in operations.ts can be read only. */
export const entityNames = [
  'Customer',
  'Vendor',
  'Employee',
  'Item',
  'Account',
  'Term',
  'TaxCode',
  'Invoice',
  'CreditMemo',
  'Payment',
] as const;
export type EntityName = (typeof entityNames)[number];

export const Ref = z.looseObject({ value: z.string().min(1) });

const Listed = z.looseObject({ Id: z.string().regex(/^\d+$/), Active: z.boolean().default(true) });
const Customer = Listed.extend({ DisplayName: z.string().min(1).max(500) });
const Named = Listed.extend({ Name: z.string().min(1).max(100) });
const Item = Named.extend({ Type: z.enum(['Service', 'NonInventory', 'Inventory']).default('Service') });

/** The vendor's own shape; what is not given is what a new company has. */
const Preferences = z.strictObject({
  SalesFormsPrefs: z
    .strictObject({ CustomTxnNumbers: z.boolean().default(true), AutoApplyCredit: z.boolean().default(false) })
    .prefault({}),
  CurrencyPrefs: z.strictObject({ MultiCurrencyEnabled: z.boolean().default(false) }).prefault({}),
  TaxPrefs: z
    .strictObject({
      UsingSalesTax: z.boolean().default(false),
      /** Automated Sales Tax: QuickBooks decides the tax, and an absent tax code means taxable. */
      PartnerTaxEnabled: z.boolean().default(false),
    })
    .prefault({}),
  /** Nothing on or before this day can be written. */
  AccountingInfoPrefs: z.strictObject({ BookCloseDate: z.iso.date().optional() }).prefault({}),
});

export const CompanySeed = z.strictObject({
  realmId: z.string().regex(/^\d{1,20}$/),
  name: z.string().min(1),
  country: z.string().length(2).default('US'),
  currency: z.string().length(3).default('USD'),
  /** `lapsed`: its subscription ended (6190). `rights-lost`: the person who connected it may no longer (120). */
  state: z.enum(['active', 'lapsed', 'rights-lost']).default('active'),
  /** The rate that Automated Sales Tax applies. */
  salesTaxPercent: z.number().nonnegative().default(0),
  preferences: Preferences.prefault({}),
  customers: z.array(Customer).default([]),
  /** They and employees share the names of customers. */
  vendors: z.array(Customer).default([]),
  employees: z.array(Customer).default([]),
  items: z.array(Item).default([]),
  accounts: z.array(Named).default([{ Id: '1', Name: 'Sales', AccountType: 'Income', Active: true }]),
  terms: z
    .array(Named.extend({ DueDays: z.int().optional(), DayOfMonthDue: z.int().optional() }))
    .default([{ Id: '3', Name: 'Net 30', DueDays: 30, Active: true }]),
  /** Outside the US a line's tax code is one of these. */
  taxCodes: z.array(Named.extend({ ratePercent: z.number() })).default([]),
});

export type CompanySeed = z.input<typeof CompanySeed>;
type Settings = Omit<
  z.output<typeof CompanySeed>,
  'customers' | 'vendors' | 'employees' | 'items' | 'accounts' | 'terms' | 'taxCodes'
>;

export type LinkedTxn = { TxnId: string; TxnType: string };

/** The fields that the double itself reads; an object has many more. */
export type QuickBooksObject = {
  Id: string;
  SyncToken: string;
  MetaData: { CreateTime: string; LastUpdatedTime: string };
  CustomerRef?: { value: string; name?: string | undefined };
  CurrencyRef?: { value: string };
  DocNumber?: string;
  PrivateNote?: string;
  TxnDate?: string;
  TxnTaxDetail?: { TotalTax?: number | undefined };
  Line?: QuickBooksLine[];
  TotalAmt?: number;
  Balance?: number;
  RemainingCredit?: number;
  DisplayName?: string;
  Name?: string;
  [field: string]: unknown;
};
export type QuickBooksLine = {
  Amount?: number;
  LinkedTxn?: LinkedTxn[];
  SalesItemLineDetail?: Record<string, unknown>;
  [field: string]: unknown;
};

/** What a requestid brings back. */
export type Remembered = { at: number; fingerprint: string; status: number; body: unknown };

export type Company = Settings & {
  lastId: number;
  objects: Record<EntityName, QuickBooksObject[]>;
  deleted: { entity: EntityName; Id: string; at: string }[];
  /** Payments that a person put on a bank deposit: they cannot change any more (6540). */
  depositedPayments: string[];
  remembered: Record<string, Remembered>;
};

/** A new company, or a known one with new settings and lists; what was written to it stays. */
export function companyOf(seed: CompanySeed, known: Company | undefined, createdAt: string): Company {
  const { customers, vendors, employees, items, accounts, terms, taxCodes, ...settings } = CompanySeed.parse(seed);
  const of = (entity: EntityName, seeded: { Id: string }[]) => merged(known?.objects[entity] ?? [], seeded, createdAt);
  const objects: Company['objects'] = {
    Customer: of('Customer', customers),
    Vendor: of('Vendor', vendors),
    Employee: of('Employee', employees),
    Item: of('Item', items),
    Account: of('Account', accounts),
    Term: of('Term', terms),
    TaxCode: of('TaxCode', taxCodes),
    Invoice: of('Invoice', []),
    CreditMemo: of('CreditMemo', []),
    Payment: of('Payment', []),
  };
  const highest = Math.max(
    100,
    known?.lastId ?? 0,
    ...Object.values(objects).flatMap((all) => all.map(({ Id }) => Number(Id))),
  );
  return {
    ...settings,
    lastId: highest,
    objects,
    deleted: known?.deleted ?? [],
    depositedPayments: known?.depositedPayments ?? [],
    remembered: known?.remembered ?? {},
  };
}

function merged(known: QuickBooksObject[], seeded: { Id: string }[], createdAt: string): QuickBooksObject[] {
  const ids = new Set(seeded.map(({ Id }) => Id));
  const times = { CreateTime: createdAt, LastUpdatedTime: createdAt };
  const objects = seeded.map((row): QuickBooksObject => {
    const existing = known.find(({ Id }) => Id === row.Id);
    return { ...row, SyncToken: existing?.SyncToken ?? '0', MetaData: existing?.MetaData ?? times };
  });
  return [...known.filter(({ Id }) => !ids.has(Id)), ...objects];
}
