import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase } from '@legendops/kit/db/tenant-database';

/** What is counted over all tenants; nothing of it names one. */
export interface Figures {
  /** All but those that are posted. */
  postings: { state: string; count: number; oldestSeconds: number }[];
  exceptions: { code: string; count: number }[];
}

export interface FigureStore {
  read(): Promise<Figures>;
}

export const figureStore = (platform: PlatformDatabase): FigureStore => ({
  read: async () => {
    const [postings, exceptions] = await Promise.all([
      platform.read(
        'figures of postings',
        sql<{ state: string; count: number; oldest: number }>`
          select state, count(*)::integer as count,
            extract(epoch from now() - min(created_at))::double precision as oldest
          from billing.postings where state not in ('posted', 'voided') group by state`,
      ),
      platform.read(
        'figures of exceptions',
        sql<Figures['exceptions'][number]>`
          select code, count(*)::integer as count from billing.exceptions 
          where resolved_at is null and dismissed_at is null group by code`,
      ),
    ]);
    return {
      postings: postings.map(({ state, count, oldest }) => ({ state, count, oldestSeconds: oldest })),
      exceptions,
    };
  },
});
