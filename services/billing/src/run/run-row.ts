import { sql } from '@legendops/kit/db/sql';
import type { JobName, RunState } from '../contract.ts';

export interface RunRow {
  id: string;
  job: JobName;
  period: string | null;
  state: RunState;
  code: string | null;
  detail: string | null;
  counts: Record<string, number>;
  started_at: string;
  finished_at: string | null;
}

export const runColumns = sql`id, job, period, state, code, detail, counts, started_at, finished_at`;
