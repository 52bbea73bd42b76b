import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clients, codeOf, createTicket, superOpsForTest, type ForTest } from './superops-for-test.ts';

let t: ForTest;
beforeEach(async () => {
  t = await superOpsForTest();
});
afterEach(() => t.superops.close());

const account = () => t.account();
const fabrikam = () => t.fabrikam();
const aTicket = (more?: object) => t.aTicket(more);

describe('access', () => {
  it('needs the one token of a user and a subdomain of that data centre', async () => {
    const page = { input: { page: 1, pageSize: 1 } };
    expect((await t.session().ask(clients, page)).data.getClientList.clients).toHaveLength(1);
    expect(await t.session({ authorization: 'Bearer other' }).ask(clients, page)).toMatchObject({ status: 401 });
    expect(await t.session({ authorization: '' }).ask(clients, page)).toMatchObject({ status: 401 });
    expect(await t.session({ customersubdomain: 'nobody' }).ask(clients, page)).toMatchObject({ status: 400 });
    expect(await t.session({}, 'eu').ask(clients, page)).toMatchObject({ status: 400 });
    const contoso = { authorization: 'Bearer second', customersubdomain: 'contoso' };
    expect(await t.session(contoso, 'eu').ask(clients, page)).toMatchObject({ status: 200 });
    expect(await t.session({ ...contoso, authorization: 'Bearer first' }, 'eu').ask(clients, page)).toMatchObject({
      status: 401,
    });
    t.superops.byHand('northwind', { act: 'new-token', userId: t.userId, token: 'third' });
    expect(await t.session().ask(clients, page)).toMatchObject({ status: 401 });
    expect(await t.session({ authorization: 'Bearer third' }).ask(clients, page)).toMatchObject({ status: 200 });
  });

  it('is 800 requests a minute and user, and one more is HTTP 200 with a code', async () => {
    t.superops.setQuirks({ callsPerMinute: 3 });
    const page = { input: { page: 1, pageSize: 1 } };
    for (let n = 0; n < 3; n += 1) expect(codeOf(await t.session().ask(clients, page))).toBeUndefined();
    const refused = await t.session().ask(clients, page);
    expect([refused.status, codeOf(refused)]).toEqual([200, 'rate_limit_exceeded']);
    t.clock.at = new Date(t.clock.at.getTime() + 60_001);
    expect(codeOf(await t.session().ask(clients, page))).toBeUndefined();
  });

  it.each(['trial_expired', 'paused', 'cancelled'] as const)(
    'ends with a subscription that is %s',
    async (subscription) => {
      t.superops.byHand('northwind', { act: 'subscription', subscription });
      expect(codeOf(await t.session().ask(clients, { input: {} }))).toBe(`subscription_${subscription}`);
    },
  );

  it('has the rights of the user’s role', async () => {
    t.superops.byHand('northwind', { act: 'forbid', userId: t.userId, fields: ['createTicket'] });
    expect(codeOf(await t.session().ask(createTicket, aTicket()))).toBe('forbidden');
    expect(account().tickets).toHaveLength(2);
  });
});

describe('lists', () => {
  it('come in pages from 1 while there is more, of 100 at most, and count as a text or as a number', async () => {
    const of = (input: object) => t.session().ask(clients, { input });
    expect((await of({ page: 1, pageSize: 1 })).data.getClientList).toMatchObject({
      clients: [{ name: 'Fabrikam' }],
      listInfo: { page: 1, hasMore: true, totalCount: '2' },
    });
    t.superops.setQuirks({ totalCountAs: 'number' });
    expect((await of({ page: 2, pageSize: 1 })).data.getClientList).toMatchObject({
      clients: [{ name: 'Tailspin Toys' }],
      listInfo: { hasMore: false, totalCount: 2 },
    });
    expect((await of({ page: 3, pageSize: 1 })).data.getClientList.clients).toEqual([]);
    expect(codeOf(await of({ page: 1, pageSize: 101 }))).toBe('value_pattern_validation_failed');
    t.superops.setQuirks({ oversize: 'clamp' });
    expect((await of({ page: 1, pageSize: 101 })).data.getClientList.clients).toHaveLength(2);
  });

  it.each([
    [{ attribute: 'name', operator: 'startsWith', value: 'tail' }, 1],
    [{ attribute: 'name', operator: 'notContains', value: 'a' }, 0],
    [{ attribute: 'accountManager', operator: 'is', value: 'Tess Technician' }, 2],
    [{ attribute: 'hqSite.name', operator: 'includes', value: ['Headquarters', 'Other'] }, 2],
    [
      {
        joinOperator: 'OR',
        operands: [
          { attribute: 'name', operator: 'is', value: 'Fabrikam' },
          { attribute: 'name', operator: 'is', value: 'Tailspin Toys' },
        ],
      },
      2,
    ],
  ])('are narrowed by %j', async (condition, count) => {
    const { data } = await t.session().ask(clients, { input: { condition } });
    expect(data.getClientList.clients).toHaveLength(count);
  });

  it('are followed by the time of the last change', async () => {
    const since = 'query ($input: ListInfoInput!) { getTicketList(input: $input) { tickets { ticketId } } }';
    const changed = async () =>
      (
        await t.session().ask(since, {
          input: { condition: { attribute: 'updatedTime', operator: 'after', value: '2026-11-24T11:59:59' } },
        })
      ).data.getTicketList.tickets;
    expect(await changed()).toEqual([]);
    const ticketId = String(account().tickets[0]?.ticketId);
    t.superops.byHand('northwind', { act: 'reply', ticketId, content: 'Still blank' });
    expect(await changed()).toEqual([{ ticketId }]);
  });
});

describe('refusals', () => {
  it.each([
    ['a name that is none', { status: 'Opened' }, 'referred_value_does_not_exist', 'status'],
    ['no status', { status: undefined }, 'mandatory_validation_failed', 'status'],
    ['a client that is none', { client: { accountId: '1' } }, 'referred_value_does_not_exist', 'client'],
    ['a long subject', { subject: 'x'.repeat(256) }, 'value_length_exceeds_limit', 'subject'],
    ['an empty subject', { subject: ' ' }, 'mandatory_validation_failed', 'subject'],
  ])('%s', async (_what, more, code, attribute) => {
    const answer = await t.session().ask(createTicket, aTicket(more));
    expect(answer).toMatchObject({
      status: 200,
      data: { createTicket: null },
      errors: [{ message: null, extensions: { clientError: [{ code, param: { attributes: [attribute] } }] } }],
    });
  });

  it('a site of another client depends on it', async () => {
    const [, tailspin] = account().sites;
    expect(codeOf(await t.session().ask(createTicket, aTicket({ site: { id: tailspin?.id } })))).toBe(
      'dependent_validation_failed',
    );
  });

  it('stand under a top-level extensions as well, and may come with words', async () => {
    t.superops.setQuirks({ clientErrorIn: 'top', messages: 'text' });
    const answer = await t.session().ask(createTicket, aTicket({ status: 'Opened' }));
    expect(answer.errors?.[0]?.extensions).toBeUndefined();
    expect(answer.extensions?.clientError?.[0]?.code).toBe('referred_value_does_not_exist');
    expect(answer.errors?.[0]?.message).toContain('refused');
  });

  it('two clients of one name', async () => {
    const create = 'mutation ($input: CreateClientInputV2!) { createClientV2(input: $input) { accountId hqSite } }';
    const hqSite = { name: 'HQ', working24x7: false, timezoneCode: 'Europe/Berlin' };
    const made = await t.session().ask(create, { input: { name: 'Adatum', hqSite } });
    expect(made.data.createClientV2.accountId).toMatch(/^\d{19}$/);
    expect(codeOf(await t.session().ask(create, { input: { name: 'adatum', hqSite } }))).toBe(
      'unique_validation_failed',
    );
  });

  it('of one of several name it by its index; the others are done', async () => {
    const log = 'mutation ($input: [CreateWorklogEntryInput!]!) { createWorklogEntries(input: $input) { itemId } }';
    const entry = (workId: unknown) => ({
      qty: '1',
      billDateTime: '2026-11-24T10:00:00',
      workItem: { workId, module: 'TICKET' },
    });
    const ticketId = account().tickets[0]?.ticketId;
    const answer = await t.session().ask(log, { input: [entry(ticketId), entry('1'), entry(ticketId)] });
    expect(answer.data.createWorklogEntries.map((made: unknown) => made !== null)).toEqual([true, false, true]);
    expect(answer.errors?.[0]?.extensions?.clientError?.[0]?.param).toMatchObject({ index: 1 });
    expect(account().worklogs).toHaveLength(2);
  });
});

describe('contracts', () => {
  const update = 'mutation ($input: UpdateClientContractInput!) { updateClientContract(input: $input) }';
  const push = (quantity: string, effectiveDate: string) => {
    const contractId = account().contracts[0]?.contractId;
    const change = { quantity, effectiveDate, quantityChangeOperation: 'BASELINE' };
    return t.session().ask(update, { input: { contract: { contractId, billableContract: { change } } } });
  };
  const billable = (): Record<string, unknown> => {
    const { billableContract } = (account().contracts[0]?.contract ?? {}) as { billableContract?: object };
    if (!billableContract) throw new Error('There is no contract');
    return billableContract as Record<string, unknown>;
  };

  it('take a dated quantity, after the last one', async () => {
    expect((await push('45', '2026-12-01')).data.updateClientContract).toBe(account().contracts[0]?.contractId);
    expect(billable().changes).toMatchObject([
      { quantity: '40', endDate: '2026-12-01' },
      { quantity: '45', effectiveDate: '2026-12-01', endDate: null },
    ]);
    expect(codeOf(await push('46', '2026-11-01'))).toBe('dependent_validation_failed');
    expect(codeOf(await push('many', '2026-12-02'))).toBe('value_pattern_validation_failed');
  });

  it('that have ended, or not begun, on a day take none of it', async () => {
    Object.assign(account().contracts[0] ?? {}, { endDate: '2026-12-31' });
    expect(codeOf(await push('45', '2027-01-01'))).toBe('dependent_validation_failed');
    expect(codeOf(await push('45', '2025-12-31'))).toBe('dependent_validation_failed');
    const contractId = String(account().contracts[0]?.contractId);
    t.superops.byHand('northwind', { act: 'end-contract', contractId, on: '2026-12-31' });
    expect(codeOf(await push('45', '2026-12-01'))).toBe('dependent_validation_failed');
    t.superops.byHand('northwind', { act: 'delete-contract', contractId });
    expect(codeOf(await t.session().ask(update, { input: { contract: { contractId, billableContract: {} } } }))).toBe(
      'entity_does_not_exist',
    );
  });

  it('go with their client, to the one that it is merged into', async () => {
    const [fabrikamClient, tailspin] = account().clients;
    const [accountId, into] = [String(fabrikamClient?.accountId), String(tailspin?.accountId)];
    t.superops.byHand('northwind', { act: 'merge-client', accountId, into });
    expect(account().contracts[0]?.client).toEqual({ accountId: into, name: 'Tailspin Toys' });
    expect(account().clients.map(({ name }) => name)).toEqual(['Tailspin Toys']);
  });

  it('that count by themselves take none', async () => {
    const contractId = String(account().contracts[0]?.contractId);
    t.superops.byHand('northwind', { act: 'count-by-itself', contractId });
    expect(codeOf(await push('45', '2026-12-01'))).toBe('dependent_validation_failed');
  });
});

describe('invoices', () => {
  it('count half up, as the reference does, and turn paid by themselves where they are synced to QuickBooks', async () => {
    const create = 'mutation ($input: CreateInvoiceInput!) { createInvoice(input: $input) { invoiceId totalAmount } }';
    const item = { quantity: '10', unitPrice: '125.75', discountRate: '12.75', billedDate: '2026-11-01' };
    const answer = await t.session().ask(create, {
      input: {
        client: fabrikam(),
        site: { id: account().sites[0]?.id },
        statusEnum: 'DRAFT',
        invoiceDate: '2026-11-01',
        addItems: [{ ...item, serviceItem: { itemId: account().serviceItems[0]?.itemId } }],
      },
    });
    expect(answer.data.createInvoice.totalAmount).toBe('1097.17');
    const { invoiceId } = answer.data.createInvoice;
    const read = 'query ($input: InvoiceIdentifierInput!) { getInvoice(input: $input) { statusEnum } }';
    const inHours = async (hours: number) => {
      t.clock.at = new Date(t.clock.at.getTime() + hours * 3_600_000);
      return (await t.session().ask(read, { input: { invoiceId } })).data.getInvoice.statusEnum;
    };
    expect([await inHours(0), await inHours(24)]).toEqual(['DRAFT', 'DRAFT']);
    account().quickBooksSync = true;
    expect([await inHours(0), await inHours(1), await inHours(1), await inHours(24)]).toEqual([
      'DRAFT',
      'APPROVED',
      'PAID',
      'PAID',
    ]);
  });

  it('are approved by hand', async () => {
    account().invoices.push({ invoiceId: '7', statusEnum: 'DRAFT' });
    t.superops.byHand('northwind', { act: 'approve-invoice', invoiceId: '7' });
    expect(account().invoices[0]?.statusEnum).toBe('APPROVED');
  });

  it('have money with as many places as it has', async () => {
    const list = 'query ($input: ListInfoInput!) { getInvoiceList(input: $input) { invoices { totalAmount } } }';
    const invoice = { displayId: '1', invoiceDate: '2026-11-01' };
    const amounts = ['7', '125.75', '0.00012345'];
    account().invoices.push(...amounts.map((totalAmount, id) => ({ ...invoice, invoiceId: String(id), totalAmount })));
    const { invoices } = (await t.session().ask(list, { input: {} })).data.getInvoiceList;
    expect(invoices.map(({ totalAmount }: { totalAmount: string }) => totalAmount)).toEqual(amounts);
  });
});
