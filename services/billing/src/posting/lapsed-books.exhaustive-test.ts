import { required } from '@legendops/kit/testing/required';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
beforeEach(async () => {
  t = await postingWorld();
});
afterEach(() => t.world.close());

describe('books whose subscription has ended', () => {
  it('pause the connection once, and every posting waits until it is renewed and connected', async () => {
    await t.post();
    await t.post('Tailspin Toys');
    t.putCompany({ state: 'lapsed' });
    await t.world.post();
    expect(await t.connection()).toMatchObject({
      state: 'paused',
      failure: expect.stringContaining('renew it, then press “Connect QuickBooks”'),
    });
    expect((await t.outcome())[0]).toBe('posting');
    expect((await t.outcome('Tailspin Toys'))[0]).toBe('posting');
    const calls = async (): Promise<unknown[]> =>
      (await (await fetch(`${t.world.quickbooks.url}/_control/calls`)).json()) as unknown[];
    const before = (await calls()).length;
    await t.world.post();
    expect(await calls()).toHaveLength(before);
    const { connections, invoices } = (await t.call('GET', 'worklist')).body;
    expect(connections).toContainEqual(expect.objectContaining({ vendor: 'quickbooks', state: 'paused' }));
    expect(invoices.map(({ status }: { status: string }) => status)).not.toContain('failed');
    t.putCompany();
    await t.world.connectQuickBooks();
    await t.world.post();
    expect([await t.outcome(), await t.outcome('Tailspin Toys')]).toEqual([
      ['posted', null],
      ['posted', null],
    ]);
    expect(t.invoicesInQuickBooks()).toHaveLength(2);
  });

  it('and what is chosen while a posting waits stands on it: it was certainly not written', async () => {
    await t.posted('Tailspin Toys');
    await t.post();
    const Error = [{ Message: 'Subscription period has ended', code: '6190' }];
    t.arm({ status: 400, body: { Fault: { Error, type: 'ValidationFault' } } });
    await t.world.post();
    expect(await t.connection()).toMatchObject({ state: 'paused' });
    const { Customer } = required(t.world.quickbooks.company(t.realmId), 'company').objects;
    Customer.push({ ...structuredClone(required(Customer[0], 'customer')), Id: '77', DisplayName: 'Fabrikam Group' });
    await t.world.connectQuickBooks();
    const { customerId } = await t.invoiceOf('Fabrikam');
    expect((await t.call('PUT', 'links', { kind: 'customer', customerId, quickBooksId: '77' })).status).toBe(200);
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks().at(-1)).toMatchObject({ CustomerRef: { value: '77' } });
  });

  it('leave a posting in doubt that was so', async () => {
    await t.postWithoutAnswer();
    t.putCompany({ state: 'lapsed' });
    await t.world.post();
    expect(await t.outcome()).toEqual(['in-doubt', 'subscription-lapsed']);
    t.putCompany();
    await t.world.connectQuickBooks();
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks()).toHaveLength(1);
  });

  it('end a reconcile with what to do', async () => {
    await t.posted();
    t.putCompany({ state: 'lapsed' });
    await expect(t.reconcile()).rejects.toMatchObject({ kind: 'needsPerson', code: 'quickbooks.lapsed' });
  });
});
