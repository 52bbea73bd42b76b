import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
beforeEach(async () => {
  t = await postingWorld();
});
afterEach(() => t.world.close());

const customerId = async (name = 'Fabrikam') => (await t.invoiceOf(name)).customerId as string;
const confirm = async (quickBooksId: string, name = 'Fabrikam') =>
  t.call('PUT', 'links', { kind: 'customer', customerId: await customerId(name), quickBooksId });
const makeNew = async (newName: string, name = 'Fabrikam') =>
  t.call('PUT', 'links/new-customer', { customerId: await customerId(name), name: newName });
const postNow = async (name = 'Fabrikam') => {
  await t.post(name);
  await t.world.post();
};
const linkOf = async (name = 'Fabrikam') =>
  (await t.call('GET', 'links')).body.data.find(({ customerName }: { customerName: string }) => customerName === name);
const billedTo = () => t.invoicesInQuickBooks().map(({ CustomerRef }) => CustomerRef?.name);

describe('a customer of whom nobody has said who it is in QuickBooks', () => {
  it('is made there where nothing of its name is, with our fingerprint, and linked', async () => {
    await postNow();
    expect(await t.outcome()).toEqual(['posted', null]);
    const [made] = t.customersInQuickBooks();
    expect(made).toMatchObject({ DisplayName: 'Fabrikam', Notes: `LegendOps ${await customerId()}` });
    expect(await linkOf()).toMatchObject({ state: 'linked', links: [{ quickBooksId: made?.Id, origin: 'made' }] });
    expect(await t.needs()).toEqual([]);
  });

  it('is made once although the answer was lost', async () => {
    await t.post();
    t.arm({ dropConnection: 'after' }, { path: '/customer' });
    await t.world.post();
    expect((await t.outcome())[0]).toBe('posting');
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.customersInQuickBooks()).toHaveLength(1);
  });

  it('is known by its fingerprint where the request and the link are forgotten, whatever its name is by now', async () => {
    t.putCompany({
      customers: [{ Id: '7', DisplayName: 'Fab', Notes: `good payer. LegendOps ${await customerId()}` }],
    });
    await postNow();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.customersInQuickBooks()).toHaveLength(1);
  });

  it.each([
    ['the very name', 'Fabrikam'],
    ['a like name', 'FABRIKAM, Inc.'],
  ])('is not taken for one of %s until a person confirms it, which posts it', async (_title, DisplayName) => {
    t.putCompany({ customers: [{ Id: '7', DisplayName }] });
    await postNow();
    expect(await t.outcome()).toEqual(['failed', 'link-needed']);
    expect(t.invoicesInQuickBooks()).toEqual([]);
    expect(await t.needs()).toMatchObject([
      {
        code: 'link.needed',
        wayOut: 'links',
        customerName: 'Fabrikam',
        detail: expect.stringContaining(`“${DisplayName}” (id 7`),
      },
    ]);
    expect(await linkOf()).toMatchObject({ state: 'needed', suggestions: [{ id: '7', name: DisplayName }] });
    expect((await confirm('7')).body).toMatchObject({
      quickBooksId: '7',
      quickBooksName: DisplayName,
      origin: 'person',
    });
    expect(await t.needs()).toEqual([]);
    expect((await t.outcome())[0]).toBe('posting');
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(billedTo()).toEqual([DisplayName]);
    expect(t.customersInQuickBooks()).toHaveLength(1);
  });

  it.each([
    ['an inactive customer', { customers: [{ Id: '7', DisplayName: 'Fabrikam', Active: false }] }, 'inactive'],
    ['a vendor', { vendors: [{ Id: '7', DisplayName: 'Fabrikam' }] }, 'a vendor (id 7)'],
    [
      'an inactive vendor',
      { vendors: [{ Id: '7', DisplayName: 'fabrikam', Active: false }] },
      'a vendor (id 7, inactive)',
    ],
    ['an employee', { employees: [{ Id: '7', DisplayName: 'Fabrikam' }] }, 'an employee (id 7)'],
  ])('whose name %s has is told with who has it, and made under another name', async (_title, company, who) => {
    t.putCompany(company);
    await postNow();
    expect(await t.outcome()).toEqual(['failed', 'link-needed']);
    expect((await t.invoiceOf('Fabrikam')).posting).toMatchObject({
      detail: expect.stringContaining(who),
      wayOut: 'links',
    });
    expect(await t.needs()).toMatchObject([{ detail: expect.stringContaining(who) }]);
    await makeNew('Fabrikam (customer)');
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(billedTo()).toEqual(['Fabrikam (customer)']);
  });

  it('is posted when the name is free again and somebody presses “Post” at once', async () => {
    t.putCompany({ vendors: [{ Id: '7', DisplayName: 'Fabrikam' }] });
    await postNow();
    t.putCompany({ vendors: [{ Id: '7', DisplayName: 'Fabrikam Supplies' }] });
    await postNow();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(await t.needs()).toEqual([]);
  });

  it.each([
    ['Contoso: East', 'Contoso - East'],
    ['Contoso\tEast', 'Contoso East'],
  ])('named %j is made as %s', async (name, expected) => {
    await t.world.rows("update billing.customers set name = $1 where name = 'Fabrikam'", [name]);
    await postNow();
    expect(billedTo()).toEqual([expected]);
    expect((await t.invoiceOf('Fabrikam')).status).toBe('posted');
  });
});

describe('the links', () => {
  it('are a table to save, page by page on the screen, and are taken back', async () => {
    await postNow();
    const [first, second] = [await t.call('GET', 'links?limit=1'), await t.call('GET', 'links?limit=200')];
    expect([first.body.data.length, second.body.data.length]).toEqual([1, 2]);
    const next = await t.call('GET', `links?limit=1&cursor=${first.body.page.next}`);
    expect(next.body.data[0].customerName).toBe('Tailspin Toys');
    const file = await t.call('GET', 'links/export');
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="links.csv"');
    const [{ id, version }] = (await linkOf()).links;
    const headers = { 'if-match': `"v${version}"` };
    const removed = await t.world.api.call('DELETE', `/api/billing/v1/links/${id}`, {
      actor: { tenantId: t.world.tenantId },
      headers,
    });
    expect(removed.status).toBe(204);
    expect(await linkOf()).toMatchObject({ state: 'needed', links: [], suggestions: [{ name: 'Fabrikam' }] });
  });

  it('can be seen while QuickBooks cannot be asked, without a suggestion', async () => {
    await postNow();
    t.world.quickbooks.faults.add([{ match: { path: '/query' }, fault: { status: 503, body: {} } }]);
    const { body } = await t.call('GET', 'links');
    expect(body.data).toMatchObject([
      { customerName: 'Fabrikam', state: 'linked' },
      { customerName: 'Tailspin Toys', state: 'unasked' },
    ]);
  });

  it('are made to what QuickBooks has, active and under its own name', async () => {
    t.putCompany({ customers: [{ Id: '7', DisplayName: 'Other', Active: false }] });
    expect((await confirm('7')).body.errors[0].detail).toContain('active');
    expect((await confirm('8')).status).toBe(400);
    expect((await t.call('GET', 'links/entries?kind=customer&search=oth')).body.data).toEqual([]);
    t.putCompany({ customers: [{ Id: '7', DisplayName: 'Other' }] });
    expect((await confirm('7')).body.quickBooksName).toBe('Other');
  });
});

describe('a customer in QuickBooks', () => {
  it('is not shared by two customers of one name; another name of the second one helps', async () => {
    await t.world.rows("update billing.customers set name = 'Contoso'");
    await t.world.run({ name: 'invoice-run', work: draftInvoices });
    const { data } = (await t.call('GET', 'invoices')).body;
    for (const { id, contentHash } of data) {
      await t.call('POST', `invoices/${id}/approval`, { contentHash });
      await t.call('POST', `invoices/${id}/posting`);
      await t.world.post();
    }
    const [refused] = await t.world.rows<{ id: string; customer_id: string; detail: string }>(
      `select i.id, i.customer_id, detail from billing.invoices i join billing.postings p on p.invoice_id = i.id
       where status = 'failed' and code = 'link-needed'`,
    );
    expect(refused?.detail).toContain('already the customer of another one here');
    const taken = await t.call('PUT', 'links', {
      kind: 'customer',
      customerId: refused?.customer_id,
      quickBooksId: t.customersInQuickBooks()[0]?.Id,
    });
    expect(taken).toMatchObject({ status: 409, body: { code: 'link.taken' } });
    await t.world.rows("update billing.customers set name = 'Contoso East' where id = $1", [refused?.customer_id]);
    await t.call('POST', `invoices/${refused?.id}/posting`);
    await t.world.post();
    expect(new Set(billedTo())).toEqual(new Set(['Contoso', 'Contoso East']));
  });

  it('is given up by an archived customer to one that comes after it, once a person confirms that', async () => {
    await postNow();
    await t.world.rows(
      `update billing.customers set state = case name when 'Fabrikam' then 'archived' else state end, name = 'Fabrikam'`,
    );
    await t.post('Tailspin Toys');
    await t.world.post();
    expect(await t.outcome('Tailspin Toys')).toEqual(['failed', 'link-needed']);
    await confirm(t.customersInQuickBooks()[0]?.Id ?? '', 'Tailspin Toys');
    await t.world.post();
    expect(await t.outcome('Tailspin Toys')).toEqual(['posted', null]);
    expect(t.customersInQuickBooks()).toHaveLength(1);
  });

  it.each([
    ['the one that it was merged into', () => confirm('7', 'Tailspin Toys')],
    ['a new one under its old name', () => makeNew('Fabrikam', 'Tailspin Toys')],
  ])('that is merged away on its first day is linked anew by a person, to %s', async (_title, linkAnew) => {
    t.putCompany({ customers: [{ Id: '7', DisplayName: 'Fabrikam Group' }] });
    await postNow();
    const merged = t.customersInQuickBooks().find(({ DisplayName }) => DisplayName === 'Fabrikam')?.Id ?? '';
    await t.byHand({ action: 'merge-customer', customerId: merged, into: '7' });
    // The next invoice of that customer, while QuickBooks still remembers our requests.
    await t.world.rows(
      "update billing.links set customer_id = (select id from billing.customers where name = 'Tailspin Toys')",
    );
    await t.world.rows(
      "update billing.customers set name = case name when 'Fabrikam' then 'Old' else 'Fabrikam' end where name in ('Fabrikam', 'Tailspin Toys')",
    );
    for (let again = 0; again < 2; again += 1) {
      await postNow('Tailspin Toys');
      expect(await t.outcome('Tailspin Toys')).toEqual(['failed', 'link-needed']);
    }
    expect((await linkOf()).state).toBe('gone');
    expect(await t.needs()).toMatchObject([{ detail: expect.stringContaining('was merged or made inactive') }]);
    await linkAnew();
    await t.world.post();
    expect(await t.outcome('Tailspin Toys')).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks().at(-1)?.CustomerRef?.value).not.toBe(merged);
  });
});
