import { runJob } from '../job/run-job.ts';
import { syncFromSuperOps } from '../mirror/sync-from-superops.ts';

await runJob('psa-sync', syncFromSuperOps);
