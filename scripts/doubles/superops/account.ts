import * as z from 'zod';

/** An object as the vendor's types have it; a field that is not there is null to whoever asks. */
const Row = z.record(z.string(), z.unknown());
export type Row = z.infer<typeof Row>;

const User = z.strictObject({
  userId: z.string(),
  name: z.string(),
  /** One is active at a time; null when it was deleted. */
  token: z.string().nullable(),
  /** Fields of Query and Mutation that the user's role does not allow. */
  forbidden: z.array(z.string()).default([]),
});

const names = (...standard: string[]) => z.array(z.string()).default(standard);

/** One MSP's data: the seed, and the state. */
export const Account = z.strictObject({
  subdomain: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  region: z.enum(['us', 'eu']).default('us'),
  subscription: z.enum(['active', 'trial_expired', 'paused', 'cancelled']).default('active'),
  /** The vendor's own sync with QuickBooks: invoices turn approved, then paid, by themselves. */
  quickBooksSync: z.boolean().default(false),
  users: z.array(User).default([]),
  clientStages: names('Active', 'Prospect', 'Inactive'),
  clientStatuses: names('Paid', 'Trial'),
  requestTypes: names('Incident', 'Service Request'),
  ticketStatuses: names('Open', 'In Progress', 'On Hold', 'Resolved', 'Closed'),
  priorities: names('Very Low', 'Low', 'Medium', 'High'),
  impacts: names('Low', 'Medium', 'High'),
  urgencies: names('Low', 'Medium', 'High'),
  categories: names('Hardware', 'Software', 'Network'),
  clients: z.array(Row).default([]),
  sites: z.array(Row).default([]),
  contacts: z.array(Row).default([]),
  roles: z.array(Row).default([]),
  technicians: z.array(Row).default([]),
  techGroups: z.array(Row).default([]),
  tickets: z.array(Row).default([]),
  conversations: z.array(Row).default([]),
  notes: z.array(Row).default([]),
  assets: z.array(Row).default([]),
  catalogItems: z.array(Row).default([]),
  serviceItems: z.array(Row).default([]),
  contracts: z.array(Row).default([]),
  offeredItems: z.array(Row).default([]),
  invoices: z.array(Row).default([]),
  worklogs: z.array(Row).default([]),
  taxes: z.array(Row).default([]),
  paymentTerms: z.array(Row).default([]),
  paymentMethods: z.array(Row).default([]),
  /** How many objects were created here: ids follow from it. */
  created: z.int().nonnegative().default(0),
});

export type Account = z.infer<typeof Account>;
export type AccountSeed = z.input<typeof Account>;
export type User = Account['users'][number];
