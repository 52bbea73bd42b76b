import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { listen } from '@legendops/kit/http/listen';
import { afterEach, describe, expect, it } from 'vitest';
import { superOpsClient } from './superops-client.ts';

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

const pageOf = async (request: IncomingMessage): Promise<number> =>
  ((await json(request)) as { variables: { input: { page: number } } }).variables.input.page;

/** A SuperOps with so many invoices, of which the first goes after each page of the first reading. */
const losing = async (count: number) => {
  const seen = { asked: 0 };
  let invoices = Array.from({ length: count }, (_, index) => invoice(index + 1));
  const answer = async (request: IncomingMessage): Promise<string> => {
    seen.asked += 1;
    const page = await pageOf(request);
    const rows = invoices.slice((page - 1) * 100, page * 100);
    const listInfo = { hasMore: page * 100 < invoices.length };
    if (seen.asked <= Math.ceil(count / 100)) invoices = invoices.slice(1);
    return JSON.stringify({ data: { getInvoiceList: { invoices: rows, listInfo } } });
  };
  const server = await listen(
    createServer((request, response) => void answer(request).then((text) => response.end(text))),
    0,
    '127.0.0.1',
  );
  open.push(server);
  const url = `http://127.0.0.1:${server.port}`;
  const options = { urls: { us: url, eu: url }, limiter: async () => undefined };
  const client = superOpsClient({ region: 'us', subdomain: 'northwind', token: 'token' }, options);
  const { rows } = await client.invoicesOf({ accountId: '1', name: 'Fabrikam', stage: 'Active', emailDomains: [] });
  return { asked: seen.asked, ids: new Set(rows.map(({ invoiceId }) => invoiceId)) };
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
