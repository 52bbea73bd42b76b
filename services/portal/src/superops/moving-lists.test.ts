import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { listen } from '@legendops/kit/http/listen';
import { afterEach, describe, expect, it } from 'vitest';
import { superOpsClient, type SuperOpsClient } from './superops-client.ts';

const open: { close(graceMs: number): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close(0))));

const invoice = (number: number) => ({
  invoiceId: String(number),
  displayId: `100126-${number}`,
  client: { accountId: '1' },
  invoiceDate: '2026-10-01',
  statusEnum: 'APPROVED',
  totalAmount: '1.00',
  items: [],
});

const contract = (number: number) => ({
  contractId: String(number),
  client: { accountId: '1' },
  startDate: '2026-01-01',
  endDate: null,
  contractStatus: 'ACTIVE',
  contract: { name: null, contractType: 'USAGE', billableContract: null },
});
const client = (number: number) => ({ accountId: String(number), name: 'Fabrikam', stage: 'Active', emailDomains: [] });
const item = (number: number) => ({ itemId: String(number), name: 'Suite' });

const pageOf = async (request: IncomingMessage): Promise<number> =>
  ((await json(request)) as { variables: { input: { page: number } } }).variables.input.page;

/** A list of SuperOps, and what of it is read. */
interface List {
  field: string;
  rows: string;
  of: (number: number) => object;
  read: (client: SuperOpsClient) => Promise<string[]>;
}

const invoices: List = {
  field: 'getInvoiceList',
  rows: 'invoices',
  of: invoice,
  read: async (from) => (await from.invoicesOf(client(1))).rows.map(({ invoiceId }) => invoiceId),
};

/** A SuperOps with so many of a list, of which the first goes after each page of the first reading. */
const losing = async (count: number, list: List = invoices) => {
  const seen = { asked: 0 };
  let all = Array.from({ length: count }, (_, index) => list.of(index + 1));
  const answer = async (request: IncomingMessage): Promise<string> => {
    seen.asked += 1;
    const page = await pageOf(request);
    const rows = all.slice((page - 1) * 100, page * 100);
    const listInfo = { hasMore: page * 100 < all.length };
    if (seen.asked <= Math.ceil(count / 100)) all = all.slice(1);
    return JSON.stringify({ data: { [list.field]: { [list.rows]: rows, listInfo } } });
  };
  const server = await listen(
    createServer((request, response) => void answer(request).then((text) => response.end(text))),
    0,
    '127.0.0.1',
  );
  open.push(server);
  const url = `http://127.0.0.1:${server.port}`;
  const options = { urls: { us: url, eu: url }, limiter: async () => undefined };
  const from = superOpsClient({ region: 'us', subdomain: 'northwind', token: 'token' }, options);
  const ids = new Set(await list.read(from));
  return { asked: seen.asked, ids };
};

describe('the invoices of a client', () => {
  it('are all there although one goes from a page while the next is read', async () => {
    const { ids } = await losing(250);
    expect(['101', '202'].filter((id) => !ids.has(id))).toEqual([]);
    expect(ids.size).toBe(250);
  });

  it('are read once where they are one page', async () => {
    expect(await losing(100)).toMatchObject({ asked: 1 });
  });
});

// What a month of seats is compared with: a contract that is missed stands beside nothing.
describe('what seats are compared with', () => {
  const lists: [string, List][] = [
    [
      'contracts',
      {
        field: 'getClientContractList',
        rows: 'clientContracts',
        of: contract,
        read: async (from) => (await from.contracts()).rows.map(({ contractId }) => contractId),
      },
    ],
    [
      'clients',
      {
        field: 'getClientList',
        rows: 'clients',
        of: client,
        read: async (from) => (await from.clients()).rows.map(({ accountId }) => accountId),
      },
    ],
    [
      'items',
      {
        field: 'getServiceCatalogItemList',
        rows: 'items',
        of: item,
        read: async (from) => (await from.catalogItems()).rows.map(({ itemId }) => itemId),
      },
    ],
  ];

  it.each(lists)('%s are all there although one goes from a page while the next is read', async (_what, list) => {
    expect((await losing(250, list)).ids.size).toBe(250);
    expect(await losing(100, list)).toMatchObject({ asked: 1 });
  });
});
