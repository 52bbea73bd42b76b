import { recorded, runJob } from '../job/run-job.ts';
import { reconcilePostings } from '../posting/reconcile-postings.ts';

await runJob('reconcile', (context) =>
  recorded({ name: 'reconcile', period: () => null, work: reconcilePostings }, context),
);
