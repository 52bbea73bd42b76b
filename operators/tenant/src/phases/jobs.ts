import { jobNames, namespaceOf, type JobName } from '../api/tenant.ts';
import type { FailingJob } from '../job-health.ts';
import { blocked, done, type Phase, type PhaseOutcome } from '../scope.ts';

const type = 'JobsSucceeding';

const reasons: Record<JobName, string> = {
  usageSync: 'UsageSyncFailing',
  invoiceRun: 'InvoiceRunFailing',
  reconcile: 'ReconcileFailing',
};

/** What the platform team must know of a tenant's jobs. It changes with the first failure and the next success alone. */
export const jobsOutcome = (namespace: string, failing: readonly FailingJob[]): PhaseOutcome => {
  const [first] = failing;
  if (!first) return done(type, 'Succeeding');
  const said = failing.map(({ job, since }) =>
    since === undefined ? `${jobNames[job]} has never succeeded` : `${jobNames[job]} has not succeeded since ${since}`,
  );
  const reason = failing.length > 1 ? 'SeveralFailing' : reasons[first.job];
  return blocked(type, reason, `${said.join(', ')}; its last runs: kubectl -n ${namespace} get jobs`);
};

/** Informs and gates nothing. */
export const jobsPhase: Phase = async ({ tenant, jobHealth }) => {
  const namespace = namespaceOf(tenant);
  return [jobsOutcome(namespace, jobHealth(namespace))];
};
