import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Under the names of controller-runtime and client-go, so that stock dashboards and alerts work. */
export const runtimeMetrics = (registry: Registry) => {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Counter<Label> =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Gauge<Label> =>
    new Gauge({ name, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Histogram<Label> =>
    new Histogram({ name, help, labelNames, buckets, registers });
  return {
    registry,
    reconciles: counter('controller_runtime_reconcile_total', 'Reconciliations by result', 'controller', 'result'),
    reconcileErrors: counter('controller_runtime_reconcile_errors_total', 'Reconciliations that failed', 'controller'),
    /** What a reconciliation throws is an error, and ends no process; so is what a callback throws, and it counts here. */
    reconcilePanics: counter(
      'controller_runtime_reconcile_panics_total',
      'Callbacks of a controller that threw',
      'controller',
    ),
    /** Stays 0: no error is final, every key comes back. */
    terminalErrors: counter(
      'controller_runtime_terminal_reconcile_errors_total',
      'Reconciliations that failed and are not tried again',
      'controller',
    ),
    reconcileTimeouts: counter(
      'controller_runtime_reconcile_timeouts_total',
      'Reconciliations that ran past their deadline',
      'controller',
    ),
    reconcileSeconds: histogram(
      'controller_runtime_reconcile_time_seconds',
      'Time of one reconciliation',
      'controller',
    ),
    activeWorkers: gauge('controller_runtime_active_workers', 'Reconciliations that run now', 'controller'),
    maximumWorkers: gauge(
      'controller_runtime_max_concurrent_reconciles',
      'Reconciliations that may run at once',
      'controller',
    ),
    hungReconciles: gauge(
      'controller_hung_reconciles',
      'Reconciliations that heeded no signal, were given up, and have not ended yet',
      'controller',
    ),
    queueDepth: gauge('workqueue_depth', 'Keys that wait', 'name'),
    queueAdds: counter('workqueue_adds_total', 'Keys that were added, without adds that became one run', 'name'),
    queueRetries: counter('workqueue_retries_total', 'Keys that came back after a failure', 'name'),
    queueSeconds: histogram('workqueue_queue_duration_seconds', 'Time from add to start', 'name'),
    workSeconds: histogram('workqueue_work_duration_seconds', 'Time from start to end of one key', 'name'),
    unfinishedSeconds: gauge(
      'workqueue_unfinished_work_seconds',
      'Time that the keys which run now have taken, together',
      'name',
    ),
    longestSeconds: gauge(
      'workqueue_longest_running_processor_seconds',
      'Time that the key which runs longest has taken',
      'name',
    ),
    leaderStatus: gauge('leader_election_master_status', '1 while this process leads', 'name'),
    reflectorRelists: counter('reflector_relists_total', 'Full lists, by the reason for them', 'name', 'reason'),
    reflectorLastEvent: gauge(
      'reflector_last_event_timestamp_seconds',
      'When the watch last said anything, bookmarks included',
      'name',
    ),
    restRequests: counter(
      'rest_client_requests_total',
      'Requests to the API server by status code, method and host; <error> is one without an answer',
      'code',
      'method',
      'host',
    ),
  };
};

export type RuntimeMetrics = ReturnType<typeof runtimeMetrics>;

/** Where none are given: of this runtime alone, in a registry of its own. */
export const defaultMetrics: RuntimeMetrics = runtimeMetrics(new Registry());
