import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { patience } from '@legendops/kit/http/patience';
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

const start = Date.UTC(2026, 9, 21, 7, 27, 0);

/** Somebody who has so much time; waiting takes none of ours. */
const waiting = (forMs = 3_600_000) => {
  const clock = { at: start, waited: [] as number[] };
  const now = (): number => clock.at;
  const sleep = async (ms: number): Promise<void> => {
    clock.waited.push(ms);
    clock.at += ms;
  };
  return { clock, now, patience: patience({ forMs, now, sleep }) };
};

const clientOf = (url: string, { now, patience: of } = waiting()) =>
  pax8Client({ url, callsPerMinute: 1_000_000, token: async () => 'token', random: () => 0.5, now, patience: of });

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

/** Refuses so often, then lists nothing. */
const refusing = async (times: number, refusal: Omit<Answer, 'body'>) => {
  const asked = { times: 0 };
  const url = await serve(() => {
    asked.times += 1;
    if (asked.times <= times) return { ...refusal, body: {} };
    return { body: { content: [], page: { size: 200, totalElements: 0, totalPages: 0, number: 0 } } };
  });
  return { url, asked };
};
const saying = (after: string | undefined) => (after === undefined ? {} : { 'retry-after': after });

describe('who throttles', () => {
  it.each([undefined, '0', '-1', 'soon', 'Wed, 21 Oct 2026 07:26:00 GMT'])(
    'is asked again for two minutes, and no more often, where it names no time to come (Retry-After: %s)',
    async (after) => {
      const { url, asked } = await refusing(99, { status: 429, headers: saying(after) });
      const of = waiting();
      await expect(clientOf(url, of).companies()).rejects.toMatchObject({ kind: 'throttled' });
      expect(asked.times).toBe(8);
      expect(of.clock.waited).toEqual([1, 2, 4, 8, 16, 32, 64].map((seconds) => seconds * 1_000));
    },
  );

  it.each([
    [429, '45', 45_000],
    [503, '45', 45_000],
    [429, 'Wed, 21 Oct 2026 07:28:00 GMT', 60_000],
    [503, 'Wed, 21 Oct 2026 07:28:00 GMT', 60_000],
  ])('by %i is asked again when it says (Retry-After: %s)', async (status, after, ms) => {
    const { url, asked } = await refusing(1, { status, headers: saying(after) });
    const of = waiting();
    expect((await clientOf(url, of).companies()).items).toEqual([]);
    expect(of.clock.waited).toEqual([ms]);
    expect(asked.times).toBe(2);
  });

  it.each(['86400', 'Thu, 22 Oct 2026 07:28:00 GMT'])(
    'for longer than there is time for is not asked again, and that is said (Retry-After: %s)',
    async (after) => {
      const { url, asked } = await refusing(99, { status: 429, headers: saying(after) });
      const of = waiting();
      await expect(clientOf(url, of).companies()).rejects.toMatchObject({
        kind: 'throttled',
        message: expect.stringMatching(/asks for 86\d{3} s of rest/),
      });
      expect([asked.times, of.clock.waited]).toEqual([1, []]);
    },
  );

  it('one call is left alone by all of them', async () => {
    const { url, asked } = await refusing(1, { status: 429, headers: saying('45') });
    const of = waiting();
    const client = clientOf(url, of);
    await client.companies();
    of.clock.at -= 45_000;
    await client.orders();
    expect(of.clock.waited.map(Math.round)).toEqual([45_000, 45_000]);
    expect(asked.times).toBe(3);
  });
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
