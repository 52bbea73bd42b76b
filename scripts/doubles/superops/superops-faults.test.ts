import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientErrorCodes } from './superops-error.ts';
import { clients, codeOf, createTicket, superOpsForTest, type ForTest } from './superops-for-test.ts';

let t: ForTest;
beforeEach(async () => {
  t = await superOpsForTest();
});
afterEach(() => t.superops.close());

const account = () => t.account();
const aTicket = (more?: object) => t.aTicket(more);

describe('faults', () => {
  it('a create that commits and loses its reply', async () => {
    t.superops.operationFaults.add({ operation: 'createTicket', effect: 'lose-reply', count: 1 });
    await expect(t.session().ask(createTicket, aTicket())).rejects.toThrow();
    expect(account().tickets).toHaveLength(3);
    expect((await t.session().ask(createTicket, aTicket())).data.createTicket.ticketId).toMatch(/^\d{19}$/);
    expect(t.superops.operationFaults.armed).toMatchObject([{ hits: 1 }]);
  });

  it('a subscription that is paused in the middle of a run, and nothing in data', async () => {
    t.superops.operationFaults.add({ operation: 'getClientList', effect: 'subscription_paused', after: 1 });
    t.superops.operationFaults.add({ operation: 'createTicket', effect: 'null' });
    expect(codeOf(await t.session().ask(clients, { input: {} }))).toBeUndefined();
    expect(codeOf(await t.session().ask(clients, { input: {} }))).toBe('subscription_paused');
    expect(await t.session().ask(createTicket, aTicket())).toMatchObject({ status: 200, data: { createTicket: null } });
  });

  it.each(clientErrorCodes)('the code %s, in either place, with and without words', async (code) => {
    t.superops.operationFaults.add({ operation: 'getClientList', effect: code });
    for (const clientErrorIn of ['error', 'top'] as const)
      for (const messages of ['null', 'text'] as const) {
        t.superops.setQuirks({ clientErrorIn, messages });
        const answer = await t.session().ask(clients, { input: {} });
        expect([answer.status, codeOf(answer), answer.data]).toEqual([200, code, { getClientList: null }]);
        expect([answer.extensions !== undefined, answer.errors?.[0]?.message === null]).toEqual([
          clientErrorIn === 'top',
          messages === 'null',
        ]);
      }
  });

  it('one request too many is refused in either place, too', async () => {
    t.superops.setQuirks({ callsPerMinute: 1, clientErrorIn: 'top' });
    await t.session().ask(clients, { input: {} });
    const { errors, extensions } = await t.session().ask(clients, { input: {} });
    expect([errors?.[0]?.extensions, extensions?.clientError?.[0]?.code]).toEqual([undefined, 'rate_limit_exceeded']);
  });

  it('one of several that is refused at the top of the answer is named by its index', async () => {
    t.superops.setQuirks({ clientErrorIn: 'top' });
    const log = 'mutation ($input: [CreateWorklogEntryInput!]!) { createWorklogEntries(input: $input) { itemId } }';
    const input = [
      { qty: '1', billDateTime: '2026-11-24T10:00:00', workItem: { workId: '1', module: 'TICKET' } },
      {
        qty: '1',
        billDateTime: '2026-11-24T10:00:00',
        workItem: { workId: account().tickets[0]?.ticketId, module: 'TICKET' },
      },
    ];
    const { data, extensions } = await t.session().ask(log, { input });
    expect(data.createWorklogEntries).toMatchObject([null, { itemId: expect.stringMatching(/^\d{19}$/) }]);
    expect(extensions?.clientError).toMatchObject([{ param: { index: 0 } }]);
  });

  it('what was done may be told in other words', async () => {
    const effect = { answer: { data: { createTicket: { ticketId: 'abc' } } } };
    t.superops.operationFaults.add({ operation: 'createTicket', effect, count: 1 });
    expect(await t.session().ask(createTicket, aTicket())).toMatchObject({ status: 200, ...effect.answer });
    t.superops.operationFaults.add({
      operation: 'createTicket',
      effect: { answer: { data: {} }, status: 502 },
      count: 1,
    });
    expect(await t.session().ask(createTicket, aTicket())).toMatchObject({ status: 502 });
    expect(account().tickets).toHaveLength(4);
  });

  it('its clock may be off, by which it dates what changes', async () => {
    t.superops.setQuirks({ clockAheadMinutes: -300 });
    const ticketId = String(account().tickets[0]?.ticketId);
    t.superops.byHand('northwind', { act: 'reply', ticketId, content: 'Still blank' });
    expect(account().tickets[0]?.updatedTime).toBe('2026-11-24T07:00:00');
  });

  it('HTML in the place of JSON', async () => {
    t.superops.faults.add([{ match: { path: '/msp', count: 1 }, fault: { html: true } }]);
    await expect(t.session().ask(clients, { input: {} })).rejects.toThrow(/JSON/);
  });
});
