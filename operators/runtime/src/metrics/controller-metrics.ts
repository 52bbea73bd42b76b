import { Counter, Gauge, Histogram } from 'prom-client';

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** controller-runtime's names, so that stock dashboards and alerts work. */
export const reconciles = new Counter({
  name: 'controller_runtime_reconcile_total',
  help: 'Reconciliations by result',
  labelNames: ['controller', 'result'] as const,
});
export const reconcileErrors = new Counter({
  name: 'controller_runtime_reconcile_errors_total',
  help: 'Reconciliations that failed',
  labelNames: ['controller'] as const,
});
/** Stays 0: what a reconciliation throws is an error, and ends no process. */
export const reconcilePanics = new Counter({
  name: 'controller_runtime_reconcile_panics_total',
  help: 'Reconciliations that panicked',
  labelNames: ['controller'] as const,
});
/** Stays 0: no error is final, every key comes back. */
export const terminalErrors = new Counter({
  name: 'controller_runtime_terminal_reconcile_errors_total',
  help: 'Reconciliations that failed and are not tried again',
  labelNames: ['controller'] as const,
});
export const reconcileSeconds = new Histogram({
  name: 'controller_runtime_reconcile_time_seconds',
  help: 'Time of one reconciliation',
  labelNames: ['controller'] as const,
  buckets,
});
export const activeWorkers = new Gauge({
  name: 'controller_runtime_active_workers',
  help: 'Reconciliations that run now',
  labelNames: ['controller'] as const,
});
export const maximumWorkers = new Gauge({
  name: 'controller_runtime_max_concurrent_reconciles',
  help: 'Reconciliations that may run at once',
  labelNames: ['controller'] as const,
});
export const queueDepth = new Gauge({ name: 'workqueue_depth', help: 'Keys that wait', labelNames: ['name'] as const });
export const queueAdds = new Counter({
  name: 'workqueue_adds_total',
  help: 'Keys that were added, without adds that became one run',
  labelNames: ['name'] as const,
});
export const queueRetries = new Counter({
  name: 'workqueue_retries_total',
  help: 'Keys that came back after a failure',
  labelNames: ['name'] as const,
});
export const queueSeconds = new Histogram({
  name: 'workqueue_queue_duration_seconds',
  help: 'Time from add to start',
  labelNames: ['name'] as const,
  buckets,
});
export const workSeconds = new Histogram({
  name: 'workqueue_work_duration_seconds',
  help: 'Time from start to end of one key',
  labelNames: ['name'] as const,
  buckets,
});
export const unfinishedSeconds = new Gauge({
  name: 'workqueue_unfinished_work_seconds',
  help: 'Time that the keys which run now have taken, together',
  labelNames: ['name'] as const,
});
export const longestSeconds = new Gauge({
  name: 'workqueue_longest_running_processor_seconds',
  help: 'Time that the key which runs longest has taken',
  labelNames: ['name'] as const,
});
export const reconcileTimeouts = new Counter({
  name: 'controller_runtime_reconcile_timeouts_total',
  help: 'Reconciliations that ran past their deadline',
  labelNames: ['controller'] as const,
});
export const leaderStatus = new Gauge({
  name: 'leader_election_master_status',
  help: '1 while this process leads',
  labelNames: ['name'] as const,
});
export const reflectorRelists = new Counter({
  name: 'reflector_relists_total',
  help: 'Full lists, by the reason for them',
  labelNames: ['name', 'reason'] as const,
});
export const reflectorLastEvent = new Gauge({
  name: 'reflector_last_event_timestamp_seconds',
  help: 'When the watch last said anything, bookmarks included',
  labelNames: ['name'] as const,
});
