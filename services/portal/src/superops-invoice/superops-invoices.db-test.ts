import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { superOpsWorld, type SuperOpsWorld } from '../testing/superops-world.ts';

const invoiced = [
  { date: '2026-08-31', total: '10.00' },
  { date: '2026-10-01', total: '1480.50' },
  { date: '2026-11-30', total: '7.5' },
  { date: '2026-12-01', total: '11.00' },
];

let world: SuperOpsWorld;
let customerId: string;
beforeEach(async () => {
  world = await superOpsWorld({
    clients: [{ name: 'Fabrikam', invoiced, seats: { 'Productivity Suite': 40 } }, { name: 'Tailspin Toys' }],
  });
  await world.connect();
  customerId = await world.customer('Fabrikam');
});
afterEach(() => world.close());

const account = () => {
  const found = world.superops.account('northwind');
  if (!found) throw new Error('There is no account');
  return found;
};
const link = (name = 'Fabrikam') => {
  const client = account().clients.find((one) => one.name === name);
  return world.call('PUT', `client-links/${String(client?.accountId)}`, { body: { customerId } });
};
const october = 'from=2026-10-01&until=2026-11-01';
const ask = async ({ tenant = world.tenantId, serviceAccount = 'billing', query = october } = {}) => {
  const token = await world.internal.tokens.serviceToken({
    namespace: 'legendops',
    serviceAccount,
    audience: 'legendops-portal',
  });
  const path = `/internal/v1/tenants/${tenant}/customers/${customerId}/superops-invoices?${query}`;
  return world.internal.call('GET', path, { token });
};
const invoiceOf = (date: string): Record<string, unknown> => {
  const found = account().invoices.find((one) => one.invoiceDate === date);
  if (!found) throw new Error(`There is no invoice of ${date}`);
  return found;
};

describe('what SuperOps invoices a customer', () => {
  it('is told where it may bill the days that were asked for, drafts and what was paid too, and not what is void', async () => {
    await link();
    Object.assign(invoiceOf('2026-11-30'), { statusEnum: 'DRAFT' });
    const id = expect.stringMatching(/^\d{1,20}$/);
    expect((await ask()).body).toEqual({
      customer: 'client',
      data: [
        {
          invoiceId: id,
          number: '113026-0001',
          date: '2026-11-30',
          status: 'DRAFT',
          total: '7.5',
          bills: { from: '2026-10-01', until: '2027-01-01' },
        },
        {
          invoiceId: id,
          number: '100126-0001',
          date: '2026-10-01',
          status: 'APPROVED',
          total: '1480.50',
          bills: { from: '2026-09-01', until: '2026-12-01' },
        },
      ],
      unreadable: 0,
    });
    Object.assign(invoiceOf('2026-10-01'), { statusEnum: 'VOID' });
    expect((await ask()).body.data.map(({ number }: { number: string }) => number)).toEqual(['113026-0001']);
  });

  it('is told of what is dated long before, where a contract is billed in advance', async () => {
    await link();
    const [yearly] = account().contracts as unknown as {
      contract: { billableContract: { recurringContract: object } };
    }[];
    const billable = yearly?.contract.billableContract;
    Object.assign(billable?.recurringContract ?? {}, { recurringMode: 'UPFRONT', frequencyDurationUnit: 'YEAR' });
    expect((await ask()).body.data.map(({ number }: { number: string }) => number)).toEqual([
      '113026-0001',
      '100126-0001',
      '083126-0001',
    ]);
  });

  it('is told although it has a state of next year, no day, or no amount that can be read', async () => {
    await link();
    Object.assign(invoiceOf('2026-10-01'), { statusEnum: null, invoiceDate: 'soon', totalAmount: '1,480.50' });
    expect((await ask()).body.data).toContainEqual({
      number: '100126-0001',
      invoiceId: expect.anything(),
      date: null,
      status: 'UNKNOWN',
      total: null,
      bills: null,
    });
  });

  it('is told although SuperOps refuses to filter', async () => {
    await link();
    for (const operation of ['getInvoiceList', 'getClientContractList'])
      world.superops.operationFaults.add({ operation, effect: 'type_validation_failed', count: 1 });
    expect((await ask()).body.data).toHaveLength(2);
    expect(world.superops.operationFaults.armed.map(({ hits }) => hits)).toEqual([1, 1]);
  });

  it('says how many it could not read', async () => {
    await link();
    Object.assign(invoiceOf('2026-10-01'), { invoiceId: 'none' });
    expect((await ask()).body).toMatchObject({ unreadable: 1 });
  });

  it('says so where SuperOps does not say whose one is', async () => {
    await link();
    Object.assign(invoiceOf('2026-10-01'), { client: { name: 'Fabrikam' } });
    expect((await ask()).body).toMatchObject({ unreadable: 1 });
  });

  it('is nothing where no person has said who the customer is, or nothing is connected', async () => {
    expect((await ask()).body).toEqual({ customer: 'not-a-client', data: [], unreadable: 0 });
  });

  it('is not known of a client that SuperOps has no more', async () => {
    await link();
    account().clients.splice(0, 1);
    expect((await ask()).body).toEqual({ customer: 'gone', data: [], unreadable: 0 });
  });

  it('is not known of a customer whose client is one of another account than is connected', async () => {
    await link();
    expect((await world.connect({ region: 'eu', subdomain: 'contoso', token: 'second' })).status).toBe(200);
    expect((await ask()).body).toEqual({ customer: 'gone', data: [], unreadable: 0 });
    await world.call('DELETE', 'superops-connection');
    expect((await ask()).body).toMatchObject({ customer: 'not-a-client' });
  });

  it('is not known while SuperOps does not serve us, and the problem says what to do', async () => {
    await link();
    Object.assign(account().users[0] ?? {}, { token: 'another' });
    expect((await ask()).body).toMatchObject({
      code: 'connection.refused',
      detail: expect.stringContaining('make a token'),
    });
  });

  it('is told to billing alone, and of the tenant whose customer it is', async () => {
    await link();
    expect((await ask({ serviceAccount: 'catalog' })).status).toBe(403);
    expect((await ask({ tenant: world.other })).body).toMatchObject({ customer: 'not-a-client', data: [] });
  });
});
