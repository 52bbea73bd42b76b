import { createPool } from '@legendops/kit/db/pool';
import { jobDatabase } from '@legendops/kit/db/tenant-database';
import { readRatingInput } from '../../../services/billing/src/invoice/draft-input.ts';
import { replaceUsage } from '../../../services/billing/src/pax8/usage-store.ts';
import { rate } from '../../../services/billing/src/rating/rate.ts';
import { period } from './rated-month.ts';
import { usageReading } from './usage-reading.ts';

/** What a process of its own is to do, as its one argument. */
export interface Probe {
  what: 'preview' | 'ingest';
  url: string;
  tenantId: string;
  /** Of an ingest: how many summaries it writes. */
  summaries: number;
}

/** What it says of itself on its one line. */
export interface Probed {
  peakMiB: number;
}

const { what, url, tenantId, summaries } = JSON.parse(process.argv[2] ?? '{}') as Probe;
const scope = { tenantId };
const pool = createPool({ connectionString: url, max: 2 });
const database = jobDatabase(pool, tenantId);

const work: Record<Probe['what'], () => Promise<unknown>> = {
  preview: async () => rate({ ...(await readRatingInput(database, scope, period)), period, currency: 'USD' }),
  // One after the other, as a lane of the sync has them.
  ingest: async () => {
    for (let summary = 0; summary < summaries; summary += 1)
      await database.write(scope, (transaction) => replaceUsage(transaction, scope, usageReading(summary)));
  },
};

await work[what]();
await pool.end();
const probed: Probed = { peakMiB: process.resourceUsage().maxRSS / 1_024 };
process.stdout.write(`${JSON.stringify(probed)}\n`);
