import { Gauge } from 'prom-client';

export const clockSkewSeconds = new Gauge({
  name: 'legendops_operator_clock_skew_seconds',
  help: 'How far the clock of the operator is ahead of that of billing_db, which decides; negative where it is behind',
});
