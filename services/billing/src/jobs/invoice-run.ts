import { invoiceRuns } from '../invoice/invoice-runs.ts';
import { runJob } from '../job/run-job.ts';

await runJob('invoice-run', invoiceRuns);
