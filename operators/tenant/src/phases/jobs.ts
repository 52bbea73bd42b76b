import { failingReason } from '../api/conditions.ts';
import { jobs } from '../api/jobs.ts';
import { namespaceOf } from '../api/tenant.ts';
import type { FailingJob } from '../job-health.ts';
import { say, type Outcome } from '../outcome.ts';
import { definePhase } from '../phase.ts';

const failingText = ({ job, since }: FailingJob): string =>
  since === undefined
    ? `${jobs[job].cronJob} has never succeeded`
    : `${jobs[job].cronJob} has not succeeded since ${since}`;

/** What the platform team must know of a tenant's jobs. It changes with the first failure and the next success alone. */
export const jobsOutcome = (namespace: string, failing: readonly FailingJob[]): Outcome<'JobsSucceeding'> => {
  const [first] = failing;
  if (!first) return say('JobsSucceeding', 'Succeeding');
  const reason = failing.length > 1 ? 'SeveralFailing' : failingReason(first.job);
  return say('JobsSucceeding', reason, failing.map(failingText).join(', '), namespace);
};

export const jobsPhase = definePhase({
  name: 'Jobs',
  conditions: ['JobsSucceeding'],
  needs: ['registration', 'namespace'],
  finds: [],
  run: async ({ tenant, jobHealth }) => {
    const namespace = namespaceOf(tenant);
    return { outcomes: [jobsOutcome(namespace, jobHealth(namespace))] };
  },
});
