import { setImmediate as turn } from 'node:timers/promises';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { register } from 'prom-client';
import { beforeEach, expect, it } from 'vitest';
import { spanQueue } from './span-queue.ts';
import { expectSpans } from './trace-metrics.ts';

const span = (name: string) => ({ name }) as ReadableSpan;
const countOf = async (outcome: string): Promise<number | undefined> => {
  const metric = await register.getSingleMetric('legendops_trace_spans_total')?.get();
  return metric?.values.find(({ labels }) => labels.outcome === outcome)?.value;
};

beforeEach(() => {
  register.getSingleMetric('legendops_trace_spans_total')?.reset();
  expectSpans();
});

it('holds so many spans and no more while a collector does not answer, and counts what it drops', async () => {
  const sent: string[][] = [];
  let answer: () => void = () => undefined;
  const queue = spanQueue(
    (spans) => {
      sent.push(spans.map(({ name }) => name));
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    { most: 3, batch: 2, everyMs: 60_000 },
  );
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) queue.onEnd(span(name));
  expect(sent).toEqual([['a', 'b']]);
  expect(await countOf('dropped')).toBe(1);

  answer();
  await turn();
  answer();
  await turn();
  answer();
  await queue.forceFlush();
  expect(sent).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  expect(await countOf('exported')).toBe(5);
  expect(await countOf('failed')).toBe(0);
});

it('counts what a collector does not take, keeps nothing of it, and goes on with what comes after', async () => {
  let takes = false;
  const queue = spanQueue(async () => (takes ? undefined : Promise.reject(new Error('refused'))), {
    most: 10,
    batch: 2,
    everyMs: 60_000,
  });
  queue.onEnd(span('a'));
  queue.onEnd(span('b'));
  await queue.forceFlush();
  expect(await countOf('failed')).toBe(2);
  takes = true;
  queue.onEnd(span('c'));
  await queue.shutdown();
  expect(await countOf('exported')).toBe(1);
  expect(await countOf('failed')).toBe(2);
});

it('goes on after a look that found nothing to send, as the timer of spans that went with a batch does', async () => {
  const sent: string[][] = [];
  const queue = spanQueue(async (spans) => void sent.push(spans.map(({ name }) => name)), {
    most: 3,
    batch: 2,
    everyMs: 60_000,
  });
  await queue.forceFlush();
  for (const name of ['a', 'b']) queue.onEnd(span(name));
  await queue.forceFlush();
  queue.onEnd(span('c'));
  await queue.forceFlush();
  expect(sent).toEqual([['a', 'b'], ['c']]);
  expect(await countOf('dropped')).toBe(0);
});
