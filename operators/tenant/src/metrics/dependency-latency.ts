import { measured as measuredWork } from '@legendops/kit/jobs/measured';
import { Histogram } from 'prom-client';

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const sqlSeconds = new Histogram({
  name: 'legendops_operator_sql_seconds',
  help: 'Time of one piece of work on a database, with the wait for a connection',
  labelNames: ['database', 'outcome'] as const,
  buckets,
});
export const vaultSeconds = new Histogram({
  name: 'legendops_operator_vault_seconds',
  help: 'Time of one call of the vault',
  labelNames: ['operation', 'outcome'] as const,
  buckets,
});

/** Measures how long the work takes and whether it failed. */
export const measured = <T>(
  observe: (outcome: 'success' | 'error', seconds: number) => void,
  work: () => Promise<T>,
): Promise<T> => measuredWork({ observe, outcomeOf: () => 'error' as const }, work);
