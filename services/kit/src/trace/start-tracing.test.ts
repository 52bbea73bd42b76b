import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { register } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outgoingHeaders } from '../http/outgoing-headers.ts';
import { continueTrace, inNewTrace } from '../log/trace-context.ts';
import { startCollector, type Collector } from '../testing/collector.ts';
import { collectingLog } from '../testing/sample-api.ts';
import { inSpan } from './in-span.ts';
import { startTracing, type Tracing } from './start-tracing.ts';
import { sampleTraces } from './tracer.ts';

const settings = (url: string | undefined, ratio = 1) =>
  ({ TRACES_URL: url, TRACES_SAMPLE_RATIO: ratio, TRACES_SIGN_IN: 'none' }) as const;
const stranger = { name: 'request', kind: 'server', isOurs: false } as const;
const sibling = { ...stranger, isOurs: true };
const traceId = 'a'.repeat(32);
const header = (flags: string): string => `00-${traceId}-${'b'.repeat(16)}-${flags}`;

let collector: Collector;
let tracing: Tracing;
let lines: string[];
const start = async (ratio = 1, more = {}): Promise<void> => {
  tracing = await startTracing('sample', { ...settings(collector.url, ratio), ...more }, collectingLog(lines));
};
beforeEach(async () => {
  lines = [];
  collector = await startCollector();
});
afterEach(async () => {
  await tracing.stop();
  await collector.close();
});

it('tells a collector of work and of what it consists of, under one trace', async () => {
  await start();
  await inNewTrace({ name: 'job' }, () =>
    inSpan({ name: 'step', kind: 'internal' }, async () => {
      expect(outgoingHeaders('token').traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    }),
  );
  await tracing.stop();
  const [job, step] = [collector.span('job'), collector.span('step')];
  expect(step).toMatchObject({ traceId: job.traceId, parentSpanId: job.spanId, service: 'sample', failed: false });
  expect(job.parentSpanId).toBe('');
});

it('says of what failed which kind of error it was, and nothing that the error says', async () => {
  await start();
  const failing = inNewTrace({ name: 'job' }, () =>
    inSpan({ name: 'step', kind: 'internal' }, () => Promise.reject(new TypeError('planted-secret'))),
  );
  await expect(failing).rejects.toThrow('planted-secret');
  await tracing.stop();
  expect(collector.span('step')).toMatchObject({ failed: true, attributes: { 'error.type': 'TypeError' } });
  expect(collector.bodies.join('')).not.toContain('planted-secret');
});

describe('whether a trace is recorded', () => {
  it('is decided once where it begins, and whoever continues it goes by that', async () => {
    await start(0);
    await inNewTrace({ name: 'job' }, async () => {
      expect(outgoingHeaders('token').traceparent).toMatch(/-00$/);
    });
    expect(continueTrace(header('01'), sibling).span).toBeDefined();
    sampleTraces(1);
    expect(continueTrace(header('00'), sibling).span).toBeUndefined();
    expect(continueTrace(undefined, stranger).span).toBeDefined();
  });

  it('is not decided by a stranger, whose trace is continued all the same', async () => {
    await start(0);
    expect(continueTrace(header('01'), stranger)).toEqual({
      traceId,
      traceparent: expect.stringMatching(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`)),
    });
  });
});

it('shows a collector what it takes as authorization, from a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'traces-'));
  const path = join(folder, 'authorization');
  await writeFile(path, 'Basic planted\n');
  await start(1, { TRACES_AUTHORIZATION_PATH: path });
  await inNewTrace({ name: 'job' }, async () => undefined);
  await tracing.stop();
  expect(collector.authorizations).toEqual(['Basic planted']);
  await rm(folder, { recursive: true });
});

it('says in the log, once, why a collector takes nothing and what to look at', async () => {
  await start();
  collector.answer = 403;
  await inNewTrace({ name: 'job' }, async () => undefined);
  await tracing.stop();
  expect(lines.map((line) => JSON.parse(line) as { level: string; reason: string; msg: string })).toEqual([
    expect.objectContaining({ level: 'warn', reason: 'it answered 403', msg: expect.stringContaining('TRACES_URL') }),
  ]);
  expect(await register.getSingleMetricAsString('legendops_trace_spans_total')).toMatch(/outcome="failed"} [1-9]/);
});

it.each([
  { collectorUrl: undefined, loaded: false },
  { collectorUrl: 'http://127.0.0.1:9/v1/traces', loaded: true },
])('loads what records where there is a collector alone ($loaded)', async ({ collectorUrl, loaded }) => {
  const program = `
    import { registerHooks } from 'node:module';
    const seen = [];
    registerHooks({ resolve: (name, context, next) => { const found = next(name, context); seen.push(found.url); return found; } });
    const { startTracing } = await import(${JSON.stringify(new URL('start-tracing.ts', import.meta.url).href)});
    await startTracing('sample', ${JSON.stringify(settings(collectorUrl))}, {});
    console.log(seen.some((url) => url.includes('@opentelemetry/sdk-trace')));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  expect(stdout.trim()).toBe(String(loaded));
  tracing = { stop: async () => undefined };
});
