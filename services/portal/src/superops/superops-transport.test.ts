import { createServer } from 'node:http';
import { listen } from '@legendops/kit/http/listen';
import { afterEach, describe, expect, it } from 'vitest';
import { superOpsClient } from './superops-client.ts';

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
