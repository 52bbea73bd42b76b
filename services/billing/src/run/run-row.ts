import type { Run } from '../contract.ts';

export interface RunRow {
  id: string;
  job: Run['job'];
  period: string | null;
  state: Run['state'];
  code: string | null;
  detail: string | null;
  counts: Record<string, number>;
  started_at: string;
  finished_at: string | null;
}
