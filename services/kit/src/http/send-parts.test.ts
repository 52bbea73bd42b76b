import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendParts } from './send-parts.ts';

const size = 256 * 1024;
const part = 'x'.repeat(size);
const given = { count: 4, failsAt: Infinity, putOutAt: Infinity, made: 0, isOver: false };

async function* parts() {
  try {
    for (given.made = 0; given.made < given.count; given.made += 1) {
      if (given.made === given.failsAt) throw new Error('The database is gone');
      yield part;
    }
  } finally {
    given.isOver = true;
  }
}

let server: Server;
beforeAll(async () => {
  server = createServer((_request, response) => {
    const begin = (): void => void response.writeHead(200, { 'content-type': 'text/csv' });
    const stillIn = (): void => {
      if (given.made === given.putOutAt) throw new Error('The session has ended');
    };
    sendParts(response, parts(), { begin, stillIn }).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = (more: Partial<typeof given> = {}, signal?: AbortSignal) => {
  Object.assign(given, { count: 4, failsAt: Infinity, putOutAt: Infinity, made: 0, isOver: false, ...more });
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}/`, signal ? { signal } : {});
};

describe('a text in parts', () => {
  it('comes whole', async () => {
    expect((await (await ask()).arrayBuffer()).byteLength).toBe(4 * size);
    expect((await (await ask({ count: 0 })).arrayBuffer()).byteLength).toBe(0);
  });

  it.each(['failsAt', 'putOutAt'] as const)(
    'that ends before it begins, or later, has no end of its own: %s',
    async (at) => {
      expect((await ask({ [at]: 0 })).status).toBe(500);
      const cut = await ask({ [at]: 2 });
      await expect(cut.arrayBuffer()).rejects.toThrow();
      expect(given.isOver).toBe(true);
    },
  );

  it('is made no faster than it is taken, and not at all for a client that has left', async () => {
    const leaving = new AbortController();
    const answer = await ask({ count: 400 }, leaving.signal);
    const reader = answer.body?.getReader();
    let taken = 0;
    let most = 0;
    while (taken < 100 * size) {
      taken += (await reader?.read())?.value?.length ?? 0;
      most = Math.max(most, given.made * size - taken);
    }
    // What the two sockets hold, and no more of it.
    expect(most).toBeLessThan(80 * size);
    leaving.abort();
    await expect.poll(() => given.isOver).toBe(true);
    expect(given.made).toBeLessThan(given.count);
  });
});
