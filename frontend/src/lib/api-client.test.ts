import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AccessTokens } from './access-token.ts';
import { apiClient } from './api-client.ts';

const Answer = z.object({ name: z.string() });

const refusal = (status: number, code: string) =>
  Response.json({ type: 'x', title: 'No', status, code, requestId: 'req-9' }, { status });

interface Sent {
  address: string;
  method: string | undefined;
  headers: Headers;
  body: unknown;
}

/** A client of a service that gives the answers in turn, and what was sent to it. */
const aClient = (...answers: (() => Response)[]) => {
  const sent: Sent[] = [];
  let token = 1;
  const tokens: AccessTokens = {
    get: async () => `t${token}`,
    replace: async () => {
      token += 1;
      return `t${token}`;
    },
    adopt: () => undefined,
    forget: () => undefined,
    onTrade: () => undefined,
  };
  const client = apiClient({
    tokens,
    fetch: async (address, { method, headers, body } = {}) => {
      sent.push({ address: typeof address === 'string' ? address : '', method, headers: new Headers(headers), body });
      const answer = answers[sent.length - 1];
      if (answer === undefined) throw new TypeError('Failed to fetch');
      return answer();
    },
  });
  return { client, sent };
};

const named = () => Response.json({ name: 'Contoso', more: 'than asked for' });

describe('apiClient', () => {
  it('sends what an act needs and parses the answer', async () => {
    const { client, sent } = aClient(named);
    const answer = await client.request(
      {
        method: 'PATCH',
        path: '/api/portal/v1/customers/1',
        body: { name: 'Contoso' },
        version: 7,
        idempotencyKey: 'key-1',
      },
      Answer,
    );
    expect(answer).toEqual({ name: 'Contoso' });
    expect(sent[0]).toMatchObject({ method: 'PATCH', body: '{"name":"Contoso"}' });
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toEqual({
      accept: 'application/json',
      authorization: 'Bearer t1',
      'content-type': 'application/json',
      'if-match': '"v7"',
      'idempotency-key': 'key-1',
    });
  });

  it('leaves out what a query does not say', async () => {
    const { client, sent } = aClient(named);
    const query = { search: 'A & B', cursor: undefined, limit: 50, from: '' };
    await client.request({ method: 'GET', path: '/list', query }, Answer);
    expect(sent[0]?.address).toBe('/list?search=A+%26+B&limit=50');
  });

  it('sends once more with a fresh token after a 401', async () => {
    const { client, sent } = aClient(() => refusal(401, 'token.invalid'), named);
    await client.request({ method: 'POST', path: '/x', idempotencyKey: 'same' }, Answer);
    expect(sent.map(({ headers }) => [headers.get('authorization'), headers.get('idempotency-key')])).toEqual([
      ['Bearer t1', 'same'],
      ['Bearer t2', 'same'],
    ]);
  });

  it('gives up after the second 401', async () => {
    const { client, sent } = aClient(
      () => refusal(401, 'token.invalid'),
      () => refusal(401, 'token.invalid'),
    );
    await expect(client.request({ method: 'GET', path: '/x' }, Answer)).rejects.toMatchObject({ status: 401 });
    expect(sent).toHaveLength(2);
  });

  it('does not repeat any other refusal', async () => {
    const { client, sent } = aClient(() => refusal(409, 'invoice.changed'));
    const outcome = client.send({ method: 'POST', path: '/x' });
    await expect(outcome).rejects.toMatchObject({ code: 'invoice.changed', requestId: 'req-9' });
    expect(sent).toHaveLength(1);
  });

  it('refuses an answer that is not what the contract says', async () => {
    const { client } = aClient(() => Response.json({ title: 'no name' }));
    await expect(client.request({ method: 'GET', path: '/x' }, Answer)).rejects.toMatchObject({
      code: 'answer.unexpected',
    });
  });

  it('says when the service cannot be reached', async () => {
    const { client } = aClient();
    await expect(client.send({ method: 'GET', path: '/x' })).rejects.toMatchObject({ code: 'network.unreachable' });
  });
});
