import type { AccountSeed } from './account.ts';
import { superOpsId } from './superops-id.ts';

type SampleClient = {
  name: string;
  /** Seats by product, each in a contract of its own. */
  seats?: Readonly<Record<string, number>>;
  /** Of these products, those that SuperOps counts by itself. */
  countedThere?: readonly string[];
  /** Invoices of SuperOps's own: the month's first day, and the total. */
  invoiced?: readonly { date: string; total: string }[];
};

export type SampleAccount = {
  subdomain: string;
  name?: string;
  region?: 'us' | 'eu';
  token?: string;
  quickBooksSync?: boolean;
  clients?: readonly SampleClient[];
};

/** The e-mail domain that a client of this name has here. */
const domainOf = (name: string): string =>
  `${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}.example`;

const standard: readonly SampleClient[] = [
  { name: 'Fabrikam', seats: { 'Productivity Suite': 40 } },
  { name: 'Tailspin Toys' },
];

/** A small MSP: a service user, a technician, and per client a site, two contacts, a ticket, two assets and its contracts. */
export const sampleAccount = (sample: SampleAccount): AccountSeed => {
  const { subdomain, name = subdomain, region = 'us', token = 'local', quickBooksSync = false } = sample;
  const clients = sample.clients ?? standard;
  const id = (kind: string, of: string) => superOpsId(subdomain, kind, of);
  const technician = { userId: id('technician', 'Tess'), name: 'Tess Technician' };
  const role = { roleId: '4', name: 'Requester' };
  const products = [...new Set(clients.flatMap(({ seats = {} }) => Object.keys(seats)))];
  const parts = clients.map((client, index) => partsOf(client, { id, technician, role, number: index + 1 }));
  return {
    subdomain,
    name,
    region,
    quickBooksSync,
    users: [{ userId: id('user', 'service'), name: 'LegendOps', token }],
    clients: parts.map(({ client }) => client),
    sites: parts.map(({ site }) => site),
    contacts: parts.flatMap(({ contacts }) => contacts),
    roles: [role],
    technicians: [
      { ...technician, firstName: 'Tess', lastName: 'Technician', email: `tess@${subdomain}.example`, role },
    ],
    techGroups: [{ groupId: id('group', 'desk'), name: 'Service desk' }],
    tickets: parts.map(({ ticket }) => ticket),
    conversations: parts.flatMap(({ conversations }) => conversations),
    assets: parts.flatMap(({ assets }) => assets),
    catalogItems: products.map((product) => ({
      itemId: id('catalog item', product),
      name: product,
      itemType: 'SERVICE',
    })),
    serviceItems: products.map((product) => ({
      itemId: id('service item', product),
      name: product,
      quantityType: 'UNITS',
    })),
    contracts: parts.flatMap(({ contracts }) => contracts),
    invoices: parts.flatMap(({ invoices }) => invoices),
  };
};

type Around = {
  id: (kind: string, of: string) => string;
  technician: { userId: string; name: string };
  role: { roleId: string; name: string };
  /** Of its ticket. */
  number: number;
};

const partsOf = (
  { name, seats = {}, countedThere = [], invoiced = [] }: SampleClient,
  { id, technician, role, number }: Around,
) => {
  const client = { accountId: id('client', name), name };
  const site = { id: id('site', name), name: 'Headquarters' };
  const domain = domainOf(name);
  const [ada, ben] = ['Ada', 'Ben'].map((first) => ({
    userId: id('contact', `${name} ${first}`),
    firstName: first,
    lastName: 'Example',
    name: `${first} Example`,
    email: `${first.toLowerCase()}@${domain}`,
    role,
    client,
    site,
  }));
  const requester = { userId: ada?.userId, name: ada?.name };
  const ticketId = id('ticket', name);
  const opened = '2026-11-02T09:30:00';
  const answered = '2026-11-02T10:05:00';
  const conversation = (type: string, content: string, time: string, user: object) => ({
    conversationId: id('conversation', `${name} ${type}`),
    ticketId,
    type,
    content,
    time,
    user,
  });
  return {
    client: {
      ...client,
      stage: 'Active',
      status: 'Paid',
      emailDomains: [domain],
      hqSite: site,
      primaryContact: requester,
      accountManager: technician,
    },
    site: { ...site, timezoneCode: 'America/New_York', working24x7: false, businessHour: [], client, hq: true },
    contacts: [ada, ben].flatMap((contact) => (contact ? [contact] : [])),
    ticket: {
      ticketId,
      displayId: String(number),
      subject: `Printer on the second floor of ${name}`,
      requestType: 'Incident',
      source: 'EMAIL',
      client,
      site,
      requester,
      technician,
      status: 'Open',
      priority: 'Medium',
      createdTime: opened,
      updatedTime: answered,
    },
    conversations: [
      conversation('DESCRIPTION', 'It prints blank pages.', opened, requester),
      conversation('TECH_REPLY', 'We look at it today.', answered, technician),
    ],
    assets: [
      anAsset(id, client, site, { host: 'LAPTOP-01', lastSeen: '2026-11-20T08:15:30.123', warranty: '2027-03-31' }),
      anAsset(id, client, site, { host: 'SERVER-01', lastSeen: '2026-11-21T23:59:59.001', warranty: null }),
    ],
    contracts: Object.entries(seats).map(([product, quantity]) =>
      aContract(id, client, { product, quantity, calculation: countedThere.includes(product) ? 'DYNAMIC' : 'FIXED' }),
    ),
    invoices: invoiced.map(({ date, total }) => anInvoice(id, { client, site, date, total })),
  };
};

type Named = Record<string, string>;

const anAsset = (
  id: Around['id'],
  client: Named,
  site: Named,
  { host, lastSeen, warranty }: { host: string; lastSeen: string; warranty: string | null },
) => ({
  assetId: id('asset', `${client.name} ${host}`),
  name: host,
  hostName: host,
  assetClass: { classId: '1', name: host.startsWith('SERVER') ? 'Windows Server' : 'Windows Laptop' },
  client,
  site,
  requester: {},
  serialNumber: `SN-${host}`,
  manufacturer: 'Example Computers',
  model: 'M1',
  platform: 'Windows',
  status: 'ONLINE',
  lastCommunicatedTime: lastSeen,
  warrantyExpiryDate: warranty,
});

const aContract = (
  id: Around['id'],
  client: Named,
  { product, quantity, calculation }: { product: string; quantity: number; calculation: 'FIXED' | 'DYNAMIC' },
) => {
  const contractId = id('contract', `${client.name} ${product}`);
  return {
    contractId,
    client,
    startDate: '2026-01-01',
    endDate: null,
    contractStatus: 'ACTIVE',
    contract: {
      contractId,
      name: product,
      contractType: 'USAGE',
      billableContract: {
        contractId,
        chargeItem: { itemId: id('catalog item', product), name: product },
        quantityCalculationType: calculation,
        sellingPriceCalculationType: 'FIXED',
        sellingPriceOverridden: false,
        frequencyType: 'RECURRING',
        billableSiteType: 'ALL',
        sites: [],
        recurringContract: {
          contractId,
          recurringMode: 'ARREAR',
          frequencyDurationUnit: 'MONTH',
          frequencyInterval: 1,
          billingOffset: 0,
        },
        changes: [
          {
            changeId: id('change', contractId),
            effectiveDate: '2026-01-01',
            endDate: null,
            quantity: String(quantity),
            quantityChangeOperation: 'BASELINE',
          },
        ],
      },
    },
  };
};

const anInvoice = (
  id: Around['id'],
  { client, site, date, total }: { client: Named; site: Named; date: string; total: string },
) => {
  const invoiceId = id('invoice', `${client.name} ${date}`);
  const [year = '', month = '', day = ''] = date.split('-');
  return {
    invoiceId,
    displayId: `${month}${day}${year.slice(2)}-0001`,
    client,
    site,
    invoiceDate: date,
    dueDate: null,
    statusEnum: 'APPROVED',
    sentToClient: true,
    items: [
      { itemId: id('invoice item', invoiceId), billedDate: date, quantity: '1', unitPrice: total, amount: total },
    ],
    totalAmount: total,
    notes: null,
  };
};
