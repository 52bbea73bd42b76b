import { Histogram } from 'prom-client';

const seconds = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time to answer an HTTP request, by route and status; 499 is a client that left',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

/** Tells how long an answer took, from a `performance.now()`; the route is its pattern, never a path with ids. */
export const observeRequest = (labels: { method: string; route: string; status: number }, startedAt: number): void =>
  seconds.observe(labels, (performance.now() - startedAt) / 1000);
