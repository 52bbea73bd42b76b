import * as z from 'zod';

const Company = z.looseObject({
  id: z.guid(),
  name: z.string(),
  status: z.enum(['Active', 'Inactive', 'Deleted']).default('Active'),
  externalId: z.string().optional(),
});

const Contact = z.looseObject({ id: z.guid(), companyId: z.guid(), createdDate: z.string().optional() });

/** What a product can be committed to, and what may be given back before the end. */
const Commitment = z.looseObject({ id: z.guid(), term: z.string() });

const Product = z.looseObject({
  id: z.guid(),
  name: z.string(),
  vendorName: z.string(),
  sku: z.string().optional(),
  description: z.string().optional(),
  pricing: z.array(z.looseObject({})).default([]),
  dependencies: z.looseObject({ commitmentDependencies: z.array(Commitment).default([]) }).optional(),
});

const Subscription = z.looseObject({
  id: z.guid(),
  companyId: z.guid(),
  productId: z.guid(),
  quantity: z.number(),
  status: z.string().default('Active'),
  price: z.number(),
  partnerCost: z.number(),
  billingTerm: z.string(),
  billingStart: z.iso.date(),
  /** What Pax8 invoices when its own quantity lags behind. Never sent. */
  invoicedQuantity: z.number().optional(),
});

const UsageLine = z.looseObject({
  usageDate: z.iso.date(),
  productId: z.guid(),
  quantity: z.number(),
  currentCharges: z.number(),
  partnerTotal: z.number(),
});

const UsageSummary = z.looseObject({
  id: z.guid(),
  companyId: z.guid(),
  subscriptionId: z.guid(),
  productId: z.guid(),
  resourceGroup: z.string().optional(),
  isTrial: z.boolean().default(false),
  lines: z.array(UsageLine).default([]),
});

const InvoiceItem = z.looseObject({ companyId: z.guid().optional(), amountDue: z.number().optional() });
const Invoice = z.looseObject({ id: z.guid(), invoiceDate: z.iso.date(), items: z.array(InvoiceItem).default([]) });

export const Webhook = z.looseObject({
  id: z.guid(),
  url: z.string().optional(),
  authorization: z.string().optional(),
  active: z.boolean(),
  webhookTopics: z.array(z.looseObject({ topic: z.string() })),
});

/** One partner's data: the seed, and the state. Fields that are not named here are kept and sent as they are. */
export const Account = z.strictObject({
  clientId: z.string(),
  clientSecret: z.string(),
  partnerName: z.string(),
  currencyCode: z.string().length(3).default('USD'),
  /** First month (yyyy-MM) for which an invoice is made on its 5th; absent: only the invoices given here. */
  invoicesSince: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
  companies: z.array(Company).default([]),
  contacts: z.array(Contact).default([]),
  products: z.array(Product).default([]),
  subscriptions: z.array(Subscription).default([]),
  /** Former states of subscriptions, newest first. */
  history: z.array(Subscription).default([]),
  usage: z.array(UsageSummary).default([]),
  invoices: z.array(Invoice).default([]),
  webhooks: z.array(Webhook).default([]),
  orders: z.array(z.looseObject({ id: z.guid(), companyId: z.guid() })).default([]),
});

export type Account = z.infer<typeof Account>;
export type AccountSeed = z.input<typeof Account>;
export type Subscription = Account['subscriptions'][number];
export type UsageSummary = Account['usage'][number];
export type Invoice = Account['invoices'][number];
export type InvoiceItem = Invoice['items'][number];

export { UsageLine };
