import type { Run } from '../contract.ts';
import type { RunRow } from './run-row.ts';

export const presentRun = (row: RunRow): Run => ({
  id: row.id,
  job: row.job,
  period: row.period,
  state: row.state,
  code: row.code,
  detail: row.detail,
  counts: row.counts,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});
