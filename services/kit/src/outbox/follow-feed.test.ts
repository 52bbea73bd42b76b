import { createServer } from 'node:http';
import { afterEach, expect, it, vi } from 'vitest';
import type { PlatformDatabase } from '../db/tenant-database.ts';
import { listen, type Listening } from '../http/listen.ts';
import { silentLog } from '../testing/silent-log.ts';
import { feedOf } from './feed-source.ts';
import { followFeed } from './follow-feed.ts';

let server: Listening | undefined;
afterEach(() => server?.close(0));

it('tells the other service which round asks: each is a trace of its own', async () => {
  const seen: (string | undefined)[] = [];
  server = await listen(
    createServer((request, response) => {
      seen.push(request.headers.traceparent?.toString());
      response.end(JSON.stringify({ data: [], next: '0.0' }));
    }),
    0,
    '127.0.0.1',
  );
  const follower = followFeed({
    source: feedOf({ url: `http://127.0.0.1:${server.port}`, topic: 'things', token: async () => 'token' }),
    cursor: 'things',
    database: { read: async () => [] } as unknown as PlatformDatabase,
    apply: async () => undefined,
    log: silentLog,
  });
  await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(2));
  await follower.stop();
  expect(seen[0]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  expect(new Set(seen).size).toBe(seen.length);
});
