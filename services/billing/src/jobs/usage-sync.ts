import { askedRuns } from '../invoice/invoice-runs.ts';
import { recorded, runJob } from '../job/run-job.ts';
import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';

await runJob('usage-sync', async (context) => {
  await recorded({ name: 'usage-sync', period: () => null, work: syncFromPax8 }, context);
  await askedRuns(context);
});
