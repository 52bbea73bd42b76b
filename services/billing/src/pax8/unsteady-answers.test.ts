import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { pax8Client } from './pax8-client.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((ended) => server.close(ended))));
});

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

const serve = async (answer: (request: IncomingMessage) => Answer): Promise<string> => {
  const server = createServer((request, response) => {
    const { status = 200, headers = {}, body } = answer(request);
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers });
    response.end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const clientOf = (url: string) =>
  pax8Client({ url, callsPerMinute: 1_000_000, token: async () => 'token', pauseMs: () => 0 });

const company = (n: number) => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  name: `Company ${n}`,
  status: 'Active',
});

type Page = { content: number[]; total?: number; pages?: number; number?: number };

/** Pages as they are asked for, whatever they are asked for. */
const reading = async (pages: readonly Page[]) => {
  let asked = 0;
  const url = await serve(() => {
    const {
      content,
      total = 4,
      pages: totalPages = 2,
      number = asked % 2,
    } = pages[Math.min(asked, pages.length - 1)] as Page;
    asked += 1;
    return { body: { content: content.map(company), page: { size: 2, totalElements: total, totalPages, number } } };
  });
  const { items } = await clientOf(url).companies();
  return items.map(({ id }) => Number(id.at(-1)));
};

const whole: Page[] = [{ content: [1, 2] }, { content: [3, 4] }];

describe('a list whose pages are not what they say is read again until it is whole', () => {
  it.each<[string, Page[]]>([
    ['a page that comes twice', [{ content: [1, 2] }, { content: [1, 2] }]],
    ['a row that moved to the page before', [{ content: [1, 2] }, { content: [4] }]],
    ['a row that moved to the page after', [{ content: [1, 2] }, { content: [2, 3] }]],
    ['a page with fewer rows than it says', [{ content: [1] }, { content: [3, 4] }]],
    ['an empty last page', [{ content: [1, 2] }, { content: [] }]],
    ['totals that change between pages', [{ content: [1, 2] }, { content: [3, 4], total: 5 }]],
    [
      'more rows than it says',
      [
        { content: [1, 2], total: 3 },
        { content: [3, 4], total: 3 },
      ],
    ],
  ])('%s', async (_title, unsteady) => {
    expect(await reading([...unsteady, ...whole])).toEqual([1, 2, 3, 4]);
  });

  it('or not at all, and never as it is', async () => {
    await expect(reading([{ content: [1, 2] }, { content: [1, 2] }, { content: [1, 2], number: 1 }])).rejects.toThrow(
      'kept changing',
    );
  });

  it('or not at all where whatever page is asked for the first one comes', async () => {
    let asked = 0;
    const url = await serve(() => {
      asked += 1;
      const page = { size: 2, totalElements: 1_000_000, totalPages: 500_000, number: 0 };
      return { body: { content: [company(asked % 10)], page } };
    });
    await expect(clientOf(url).companies()).rejects.toThrow('kept changing');
    expect(asked).toBeLessThan(10);
  });

  it('in any order of its rows', async () => {
    expect(await reading([{ content: [4, 2] }, { content: [3, 1] }])).toEqual([4, 2, 3, 1]);
  });
});

describe('who throttles', () => {
  it.each([undefined, '0', '-1', '86400', 'soon', 'Wed, 21 Oct 2026 07:28:00 GMT'])(
    'is asked again, a bounded number of times, whatever it says of when (Retry-After: %s)',
    async (after) => {
      let asked = 0;
      const url = await serve(() => {
        asked += 1;
        return { status: 429, headers: after === undefined ? {} : { 'retry-after': after }, body: {} };
      });
      await expect(clientOf(url).companies()).rejects.toMatchObject({ kind: 'throttled' });
      expect(asked).toBe(4);
    },
  );
});

describe('who sends us elsewhere', () => {
  it.each([301, 302, 307, 308])('by %i is not followed: nobody else hears of the token', async (status) => {
    const heard: unknown[] = [];
    const elsewhere = await serve(({ headers }) => {
      heard.push(headers);
      return { body: {} };
    });
    const url = await serve(() => ({ status, headers: { location: `${elsewhere}/v1/companies` }, body: {} }));
    await expect(clientOf(url).companies()).rejects.toMatchObject({ kind: 'unavailable' });
    expect(heard).toEqual([]);
  });

  it('and who is not who it should be by its certificate, or is not there, is not asked at all', async () => {
    const url = await serve(() => ({ body: {} }));
    await expect(clientOf(url.replace('http:', 'https:')).companies()).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(clientOf('http://nobody.invalid').companies()).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
