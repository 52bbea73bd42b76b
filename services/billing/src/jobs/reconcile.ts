import { reconcilePostings } from '../posting/reconcile-postings.ts';
import { runJob } from '../job/run-job.ts';

await runJob({ name: 'reconcile', period: () => null, work: reconcilePostings });
