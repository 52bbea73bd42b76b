import { Gauge, Histogram, register } from 'prom-client';
import type { DatabasePool } from './pool.ts';

let measured: readonly DatabasePool[] = [];
const sumOf = (count: (pool: DatabasePool) => number): number =>
  measured.reduce((total, pool) => total + count(pool), 0);

// Read at a scrape: the pool counts anyway.
const connections = new Gauge({
  name: 'legendops_db_pool_connections',
  help: 'Open connections to the database, by whether a transaction has them',
  labelNames: ['state'] as const,
  registers: [],
  collect() {
    this.set(
      { state: 'idle' },
      sumOf(({ idleCount }) => idleCount),
    );
    this.set(
      { state: 'busy' },
      sumOf(({ totalCount, idleCount }) => totalCount - idleCount),
    );
  },
});
const limit = new Gauge({
  name: 'legendops_db_pool_connections_limit',
  help: 'Connections that the pool opens at most',
  registers: [],
  collect() {
    this.set(sumOf(({ options }) => options.max));
  },
});
const waiting = new Gauge({
  name: 'legendops_db_pool_waiting',
  help: 'Transactions that wait for a connection',
  registers: [],
  collect() {
    this.set(sumOf(({ waitingCount }) => waitingCount));
  },
});
for (const gauge of [connections, limit, waiting]) register.registerMetric(gauge);

export const waitSeconds = new Histogram({
  name: 'legendops_db_pool_wait_seconds',
  help: 'Time until a transaction had its connection, by outcome; a failure is a database that could not be reached in time',
  labelNames: ['outcome'] as const,
  buckets: [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
});

/** The gauges speak of these pools. */
export const measurePools = (pools: readonly DatabasePool[]): void => {
  measured = pools;
};
