import { measured } from '@legendops/kit/jobs/measured';
import { Histogram } from 'prom-client';
import { SuperOpsError, type SuperOpsErrorKind } from './superops-error.ts';

const seconds = new Histogram({
  name: 'legendops_superops_call_duration_seconds',
  help: 'Time of a call of SuperOps, by outcome: success, or why there was no usable answer',
  labelNames: ['outcome'] as const,
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
});

/** One call; retries are calls of their own. */
export const superOpsCall = <T>(work: () => Promise<T>): Promise<T> =>
  measured(
    {
      observe: (outcome: SuperOpsErrorKind | 'failed' | 'success', took) => seconds.observe({ outcome }, took),
      outcomeOf: (error) => (error instanceof SuperOpsError ? error.kind : 'failed'),
    },
    work,
  );
