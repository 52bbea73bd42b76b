import { Counter, Histogram } from 'prom-client';

export const loadSeconds = new Histogram({
  name: 'legendops_page_load_seconds',
  help: 'Time from the navigation of a browser to the portal being shown, by the page that was opened',
  labelNames: ['page'] as const,
  buckets: [0.25, 0.5, 1, 2, 4, 8, 16],
});

export const errors = new Counter({
  name: 'legendops_page_errors_total',
  help: 'Errors that nothing in the portal caught, by page; script: thrown, promise: rejected, code: a page that did not load',
  labelNames: ['page', 'kind'] as const,
});
