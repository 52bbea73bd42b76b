import { sql } from '@legendops/kit/db/sql';
import { runColumns, type RunRow } from './run-row.ts';

/**
 * The runs that a person looks after. One that is under way has decided nothing yet; a sync reads everything, other jobs decide
 * about their month.
 */
export const stoppedRuns = sql<RunRow>`
  select ${runColumns} from (
    select r.*, row_number() over (
      partition by r.job, case when r.job = 'usage-sync' then null else r.period end
      order by r.started_at desc, r.id desc) as place
    from billing.runs r where r.state <> 'running') newest
  where place = 1 and state in ('failed', 'needs-person') order by started_at desc, id desc limit 50`;
