import { draftInvoices, periodOf } from '../invoice/draft-invoices.ts';
import { runJob } from '../job/run-job.ts';

await runJob({
  name: 'invoice-run',
  period: (environment, now) => periodOf(environment, now).start,
  work: draftInvoices,
});
