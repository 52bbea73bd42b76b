import { expect, test } from 'vitest';
import { failingJobs, healthOf, type RunHealth } from './job-health.ts';

const monday = '2026-11-23T04:17:00Z';
const soonAfter = '2026-11-23T04:20:11Z';
const tuesday = '2026-11-24T04:17:00Z';

test.each<[string, object | undefined, boolean, RunHealth]>([
  ['one that never ran', undefined, false, 'succeeding'],
  ['one whose last run succeeded', { lastScheduleTime: monday, lastSuccessfulTime: soonAfter }, false, 'succeeding'],
  ['one that runs', { active: [{}], lastScheduleTime: tuesday, lastSuccessfulTime: soonAfter }, false, 'running'],
  [
    'one whose last run failed',
    { lastScheduleTime: tuesday, lastSuccessfulTime: soonAfter },
    false,
    { failingSince: soonAfter },
  ],
  ['one that never succeeded', { active: [], lastScheduleTime: monday }, false, { failingSince: undefined }],
  ['one that is suspended', { lastScheduleTime: tuesday, lastSuccessfulTime: soonAfter }, true, 'succeeding'],
])('%s', (_what, status, suspend, expected) => {
  expect(healthOf({ spec: { suspend }, ...(status && { status }) })).toEqual(expected);
});

test('of its CronJobs those that fail are told, by the names of the spec', () => {
  const kept: Record<string, RunHealth> = { 'usage-sync': { failingSince: monday }, 'invoice-run': 'running' };
  expect(failingJobs((name) => kept[name])).toEqual([{ job: 'usageSync', since: monday }]);
});
