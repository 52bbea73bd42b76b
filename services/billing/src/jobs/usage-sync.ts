import { syncFromPax8 } from '../pax8/sync-from-pax8.ts';
import { runJob } from '../job/run-job.ts';

await runJob({ name: 'usage-sync', period: () => null, work: syncFromPax8 });
