import { expect, it, vi } from 'vitest';
import { currentContext } from '../log/request-context.ts';
import { collectingLog } from '../testing/sample-api.ts';
import { repeat } from './repeat.ts';

it('gives each round a trace of its own, which stands in the log of its failure', async () => {
  const lines: string[] = [];
  const traces: (string | undefined)[] = [];
  const rounds = repeat(
    async () => {
      traces.push(currentContext().traceId);
      throw new Error('not yet');
    },
    { everyMs: 1, log: collectingLog(lines), name: 'sample' },
  );
  await vi.waitFor(() => expect(lines.length).toBeGreaterThanOrEqual(2));
  await rounds.stop();
  expect(traces[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(traces).size).toBe(traces.length);
  expect(lines.map((line) => (JSON.parse(line) as { traceId: string }).traceId)).toEqual(traces);
});
