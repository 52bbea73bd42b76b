import { Counter } from 'prom-client';

const outcomes = ['exported', 'dropped', 'failed'] as const;

const spans = new Counter({
  name: 'legendops_trace_spans_total',
  help: 'Recorded spans by what became of them: exported, dropped because too many waited, failed with the batch that the collector did not take',
  labelNames: ['outcome'] as const,
});

/** Known before they happen: of a series that begins at one, no rate ever sees the first. */
export const expectSpans = (): void => {
  for (const outcome of outcomes) spans.inc({ outcome }, 0);
};

export const countSpans = (outcome: (typeof outcomes)[number], count: number): void => spans.inc({ outcome }, count);
