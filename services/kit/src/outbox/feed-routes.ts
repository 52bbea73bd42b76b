import { z } from 'zod';
import { FeedPage } from '../contract/feed.ts';
import type { PlatformDatabase } from '../db/tenant-database.ts';
import { internalRoute, ok, type Route } from '../http/route.ts';
import { readFeed } from './feed-page.ts';

const Cursor = z
  .string()
  .regex(/^\d{1,20}\.\d{1,20}$/)
  .default('0.0');

/** GET /internal/v1/feed/<topic>, each for those alone who are named at it; waits up to `wait` seconds for the first event. */
export const feedRoutes = ({
  database,
  feeds,
}: {
  database: PlatformDatabase;
  /** Topics, each with the service accounts that may read it. */
  feeds: Readonly<Record<string, readonly string[]>>;
}): Route[] =>
  Object.entries(feeds).map(([topic, callers]) =>
    internalRoute({
      method: 'get',
      path: `/v1/feed/${topic}`,
      summary: `Events of ${topic} after a cursor, oldest first`,
      callers,
      query: z.strictObject({ after: Cursor, wait: z.coerce.number().int().min(0).max(20).default(0) }),
      responses: { 200: FeedPage },
      handler: async ({ query, workload, signal }) => {
        const reader = `${workload.namespace}/${workload.serviceAccount}`;
        return ok(await readFeed(database, { topic, reader, ...query, signal }));
      },
    }),
  );
