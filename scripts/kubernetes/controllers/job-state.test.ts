import { expect, it } from 'vitest';
import type { KubeObject } from '../object/kube-object.ts';
import { cronSchedule, dueStart } from './cron-schedule.ts';
import { endingOf, judgeFailure, retryDelayMs, type JobSpec } from './job-state.ts';

const spec = (more: Partial<JobSpec> = {}): JobSpec => ({
  parallelism: 1,
  completions: 1,
  backoffLimit: 3,
  template: { spec: {} },
  ...more,
});
const pod = (exitCode: number, container = 'job'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'n' },
  status: { phase: 'Failed', containerStatuses: [{ name: container, state: { terminated: { exitCode } } }] },
});

it.each([
  [0, 0],
  [1, 10_000],
  [2, 20_000],
  [4, 80_000],
  [20, 360_000],
])('waits after %i failures for %i ms', (failures, ms) => {
  expect(retryDelayMs(failures, 10_000)).toBe(ms);
});

it.each([
  [2, 'In', [2, 3], 'FailJob'],
  [4, 'In', [2, 3], 'Count'],
  [4, 'NotIn', [2, 3], 'FailJob'],
  [2, 'NotIn', [2, 3], 'Count'],
] as const)('judges exit code %i by %s %j as %s', (code, operator, values, action) => {
  const podFailurePolicy = { rules: [{ action: 'FailJob' as const, onExitCodes: { operator, values: [...values] } }] };
  expect(judgeFailure(pod(code), spec({ podFailurePolicy })).action).toBe(action);
});

it('fails a Job one failure after its limit', () => {
  const counts = { active: [], succeeded: [], failed: [], terminating: [], ready: 0 };
  const situation = { spec: spec(), counts, startedAt: undefined, now: new Date(0) };
  expect(endingOf({ ...situation, failures: 3 })).toBeUndefined();
  expect(endingOf({ ...situation, failures: 4 })?.reason).toBe('BackoffLimitExceeded');
});

const at = (text: string): Date => new Date(text);

it('finds the latest start that is due and lets earlier ones go', () => {
  const schedule = cronSchedule('0 3 * * *', 'UTC');
  const due = dueStart(schedule, {
    since: at('2026-01-01T00:00:00Z'),
    now: at('2026-01-05T12:00:00Z'),
    deadlineSeconds: undefined,
  });
  expect(due).toEqual({ at: at('2026-01-05T03:00:00Z'), isTooLate: false });
});

it('is due at the very second and not before', () => {
  const schedule = cronSchedule('0 3 * * *', 'Europe/Berlin');
  const since = at('2026-01-01T00:00:00Z');
  expect(dueStart(schedule, { since, now: at('2026-01-01T01:59:59Z'), deadlineSeconds: 60 })).toBeUndefined();
  expect(dueStart(schedule, { since, now: at('2026-01-01T02:00:00Z'), deadlineSeconds: 60 })).toEqual({
    at: at('2026-01-01T02:00:00Z'),
    isTooLate: false,
  });
  expect(dueStart(schedule, { since, now: at('2026-01-01T02:01:01Z'), deadlineSeconds: 60 })?.isTooLate).toBe(true);
});
