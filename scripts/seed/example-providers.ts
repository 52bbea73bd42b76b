import type { Role } from '@legendops/kit/contract/permissions';

/** Three managed service providers for a machine without real ones; the third has something wrong on purpose. */
export interface ExampleProvider {
  name: string;
  displayName: string;
  directory: string;
  currency: string;
  timeZone: string;
  admin: { name: string; email: string };
  /** Invited by the admin; a guest belongs to the customer of this name. */
  people: readonly { name: string; email: string; role: Role; customer?: string }[];
  quickBooksRealm: string;
  /** Sells a product of the base catalog under a name of its own. */
  ownsBaseProduct?: true;
  customers: readonly ExampleCustomer[];
  /** Rules of the price book, by product name; null is the general rule. */
  rules: readonly ExampleRule[];
}

export interface ExampleCustomer {
  name: string;
  /** Seats by product. */
  seats: Readonly<Record<string, number>>;
  /** Cloud consumption a day, in hours of the smallest machine. */
  hoursADay?: number;
}

type ExampleRule = { product: string | null } & ({ markupPercent: string } | { unitPrice: string });

export interface ExampleProduct {
  name: string;
  sku: string;
  buy: number;
  sell: number;
}

export const products = [
  { name: 'Microsoft 365 Business Premium', sku: 'MST-BP', buy: 17.6, sell: 22 },
  { name: 'Microsoft 365 Business Basic', sku: 'MST-BB', buy: 4.8, sell: 6 },
  { name: 'Exchange Online Plan 1', sku: 'MST-EX1', buy: 3.2, sell: 4 },
  { name: 'Endpoint backup', sku: 'BKP-EP', buy: 2.375, sell: 4.5 },
  { name: 'Mail security', sku: 'MAIL-SEC', buy: 1.125, sell: 2.5 },
] as const satisfies readonly ExampleProduct[];

export const cloud = { name: 'Azure consumption', sku: 'AZ-PLAN', buy: 0.096, sell: 0.12 } as const;

const [premium, basic, exchange, backup, mail] = products.map(({ name }) => name) as [
  string,
  string,
  string,
  string,
  string,
];

export const exampleProviders: readonly ExampleProvider[] = [
  {
    name: 'northwind',
    displayName: 'Northwind IT',
    directory: '11111111-1111-4111-8111-111111111111',
    currency: 'USD',
    timeZone: 'America/New_York',
    admin: { name: 'Ada Northwind', email: 'ada@northwind.example' },
    people: [
      { name: 'Ben Northwind', email: 'ben@northwind.example', role: 'billing_viewer' },
      { name: 'Sam Northwind', email: 'sam@northwind.example', role: 'support_user' },
      { name: 'Gia of Fabrikam', email: 'gia@fabrikam.example', role: 'guest', customer: 'Fabrikam Robotics' },
    ],
    quickBooksRealm: '9130350000000001',
    customers: [
      { name: 'Fabrikam Robotics', seats: { [premium]: 45, [backup]: 52, [mail]: 45 }, hoursADay: 96 },
      { name: 'Tailspin Toys', seats: { [basic]: 28, [exchange]: 6 } },
      { name: 'Wingtip Clinics', seats: { [premium]: 112, [mail]: 112, [backup]: 130 }, hoursADay: 240 },
      { name: 'Alpine Ski House', seats: { [basic]: 14 } },
      { name: 'Litware Legal', seats: { [premium]: 19, [mail]: 19 } },
      { name: 'Proseware Press', seats: { [exchange]: 33, [backup]: 12 } },
    ],
    rules: [
      { product: null, markupPercent: '25' },
      { product: premium, unitPrice: '22.00' },
    ],
  },
  {
    name: 'contoso',
    displayName: 'Contoso Managed Services',
    directory: '22222222-2222-4222-8222-222222222222',
    currency: 'USD',
    timeZone: 'Europe/Berlin',
    admin: { name: 'Carl Contoso', email: 'carl@contoso.example' },
    people: [],
    quickBooksRealm: '9130350000000002',
    customers: [
      { name: 'Humongous Insurance', seats: { [premium]: 210, [mail]: 210, [backup]: 198 }, hoursADay: 480 },
      { name: 'Graphic Design Institute', seats: { [basic]: 41 } },
      { name: 'Margie’s Travel', seats: { [premium]: 9, [exchange]: 3 } },
    ],
    rules: [{ product: null, markupPercent: '30' }],
  },
  {
    name: 'adatum',
    displayName: 'Adatum Support',
    directory: '33333333-3333-4333-8333-333333333333',
    currency: 'USD',
    timeZone: 'America/Chicago',
    admin: { name: 'Dora Adatum', email: 'dora@adatum.example' },
    people: [],
    quickBooksRealm: '9130350000000003',
    ownsBaseProduct: true,
    customers: [
      { name: 'Blue Yonder Airlines', seats: { [premium]: 64, [backup]: 70 }, hoursADay: 120 },
      { name: 'Coho Winery', seats: { [basic]: 17, [mail]: 17 } },
    ],
    // No rule covers the backup, and mail security is sold below its cost: the worklist points at both.
    rules: [
      { product: premium, unitPrice: '21.00' },
      { product: basic, unitPrice: '6.00' },
      { product: mail, unitPrice: '1.00' },
      { product: cloud.name, markupPercent: '15' },
    ],
  },
];

export const pax8ClientId = ({ name }: ExampleProvider): string => `${name}-partner`;
export const pax8ClientSecret = 'local';
