import { createServer } from 'node:http';
import { listen } from '@legendops/kit/http/listen';
import { afterEach, describe, expect, it } from 'vitest';
import { superOpsOperations } from './asked.ts';
import { superOpsClient } from './superops-client.ts';
import { superOpsTransport } from './superops-transport.ts';

const open: { close(graceMs: number): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close(0))));

const nothing = { data: { getClientList: { clients: [], listInfo: { hasMore: false } } } };

/** A SuperOps that refuses so often, and what is done meanwhile. */
const refusing = async (times: number, status: number, headers: Record<string, string>) => {
  const seen = { asked: 0, waited: [] as number[] };
  const server = await listen(
    createServer((_request, response) => {
      seen.asked += 1;
      if (seen.asked <= times) response.writeHead(status, headers).end('{}');
      else response.end(JSON.stringify(nothing));
    }),
    0,
    '127.0.0.1',
  );
  open.push(server);
  const url = `http://127.0.0.1:${server.port}`;
  const client = superOpsClient(
    { region: 'us', subdomain: 'northwind', token: 'token' },
    {
      urls: { us: url, eu: url },
      limiter: async () => undefined,
      wait: async (ms) => void seen.waited.push(ms),
    },
  );
  return { seen, client };
};

describe('a SuperOps that takes no request', () => {
  it.each([
    [429, '7', 7_000],
    [503, '7', 7_000],
    [429, 'soon', 1_000],
    [503, '0', 1_000],
  ])('is read when it says (%i, Retry-After: %s)', async (status, after, ms) => {
    const { seen, client } = await refusing(1, status, { 'retry-after': after });
    expect((await client.clients()).rows).toEqual([]);
    expect(seen).toEqual({ asked: 2, waited: [ms] });
  });

  it('for longer than anybody looks at a screen is told at once, with when', async () => {
    const { seen, client } = await refusing(9, 429, { 'retry-after': '60' });
    await expect(client.clients()).rejects.toMatchObject({ kind: 'throttled', retryAfterMs: 60_000 });
    expect(seen).toEqual({ asked: 1, waited: [] });
  });

  it('has taken nothing where its gateway throttles a write, and may have where it answers 503', async () => {
    const write = async (status: number) =>
      (await refusing(9, status, { 'retry-after': '60' })).client.reply('1', 'Thank you');
    await expect(write(429)).rejects.toMatchObject({ kind: 'throttled' });
    await expect(write(503)).rejects.toMatchObject({ kind: 'in-doubt', retryAfterMs: 60_000 });
  });
});

describe('the answer to a write', () => {
  const writes = superOpsOperations.filter(({ isWrite }) => isWrite);
  const keys: Record<string, string> = {
    createTicket: 'ticketId',
    createTicketConversation: 'conversationId',
    createClientUser: 'userId',
    updateClient: 'accountId',
  };
  const refused = (...codes: string[]) => [
    { message: null, extensions: { clientError: codes.map((code) => ({ code, param: { attributes: ['name'] } })) } },
  ];
  const clientError = [{ code: 'value_pattern_validation_failed', param: { attributes: ['name'], index: 0 } }];
  type Made = (id: unknown) => unknown;
  type Answer = [title: string, text: (field: string, made: Made) => unknown, status?: number];

  const told = async (field: string, text: unknown, status = 200): Promise<string> => {
    const server = await listen(
      createServer((_request, response) => {
        response.writeHead(status).end(typeof text === 'string' ? text : JSON.stringify(text));
      }),
      0,
      '127.0.0.1',
    );
    open.push(server);
    const url = `http://127.0.0.1:${server.port}`;
    const { write } = superOpsTransport(
      { region: 'us', subdomain: 'northwind', token: 'token' },
      { urls: { us: url, eu: url }, limiter: async () => undefined },
    );
    const operation = writes.find((one) => one.field === field);
    if (!operation) throw new Error(`There is no ${field}`);
    return write(operation, {}).then(
      (made) => `made ${JSON.stringify(made)}`,
      ({ kind }) => kind as string,
    );
  };
  const each = async ([, text, status]: Answer, field: string): Promise<string> => {
    const key = keys[field];
    const made: Made = (id) => (key === undefined ? id : { name: 'Fabrikam', ...(id !== undefined && { [key]: id }) });
    return told(field, text(field, made), status);
  };
  const fieldsOf = () => writes.map(({ field }) => field);

  it('is asked of every write that there is', () => {
    expect(fieldsOf().toSorted()).toEqual([...Object.keys(keys), 'updateClientContract'].toSorted());
  });

  const withId =
    (id: unknown): Answer[1] =>
    (field, made) => ({ data: { [field]: made(id) } });

  const inDoubt: Answer[] = [
    ['has an id of letters', withId('abc')],
    ['has an empty id', withId('')],
    ['has an id below zero', withId('-1')],
    ['has an id of 21 digits', withId('1'.repeat(21))],
    ['has a broken number as id', withId(1.5)],
    ['has an object as id', withId({ id: '7' })],
    ['has something without an id', (field) => ({ data: { [field]: { displayId: '7' } } })],
    ['has another field', () => ({ data: { other: null } })],
    ['has no data', () => ({})],
    ['is a list', () => []],
    ['is a text', () => '"text"'],
    ['is empty', () => ''],
    ['is cut off', (field) => `{"data":{"${field}":`],
    ['is a page of HTML', () => '<html>Sign in</html>'],
    ['is an error of the gateway', () => '', 502],
    ['has a thing and a refusal', (field, made) => ({ data: { [field]: made('7') }, errors: refused('forbidden') })],
    [
      'has a thing and a refusal at its top',
      (field, made) => ({ data: { [field]: made('7') }, extensions: refused('forbidden')[0]?.extensions }),
    ],
    ['has a thing and an error without a code', (field, made) => ({ data: { [field]: made('7') }, errors: [{}] })],
    ['refuses one of several', (field) => ({ data: { [field]: null }, errors: [{ extensions: { clientError } }] })],
    ['refuses one of several at its top', (field) => ({ data: { [field]: null }, extensions: { clientError } })],
    ['refuses without a code', (field) => ({ data: { [field]: null }, errors: [{ message: 'No' }] })],
    ['refuses by codes of which one is unknown', () => ({ data: null, errors: refused('forbidden', 'next_year') })],
    ['has errors in another form', (field) => ({ data: { [field]: null }, errors: 'No' })],
  ];
  it.each(inDoubt)('leaves in doubt where it %s', async (...answer) => {
    for (const field of fieldsOf()) expect([field, await each(answer, field)]).toEqual([field, 'in-doubt']);
  });

  const nothing: Answer[] = [
    ['has null', (field) => ({ data: { [field]: null } })],
    ['has null for all', () => ({ data: null })],
    ['has null and no errors', (field) => ({ data: { [field]: null }, errors: [] })],
  ];
  it.each(nothing)('says that nothing was made where it %s', async (...answer) => {
    for (const field of fieldsOf()) expect([field, await each(answer, field)]).toEqual([field, 'nothing-made']);
  });

  it('refuses by a code that is known, wherever that stands', async () => {
    const top = { data: null, errors: [{ message: 'x' }], extensions: refused('forbidden')[0]?.extensions };
    for (const field of fieldsOf())
      for (const text of [
        { data: { [field]: null }, errors: refused('forbidden') },
        { errors: refused('forbidden') },
        top,
      ])
        expect(await told(field, text)).toBe('forbidden');
  });

  it.each([['4'], [4], ['0'], ['9'.repeat(20)]])('has made something where its id is %j', async (id) => {
    for (const field of fieldsOf()) expect(await each(['', withId(id)], field)).toMatch(`"${id}"`);
  });
});
