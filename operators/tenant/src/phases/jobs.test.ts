import { expect, test } from 'vitest';
import { jobsOutcome } from './jobs.ts';

test.each([
  ['none fails', [], 'True', 'Succeeding', ''],
  [
    'one fails',
    [{ job: 'usageSync', since: '2026-11-25T04:20:11Z' }],
    'False',
    'UsageSyncFailing',
    'usage-sync has not succeeded since 2026-11-25T04:20:11Z; its last runs: kubectl -n tenant-a get jobs',
  ],
  [
    'two fail, one from the beginning',
    [
      { job: 'usageSync', since: '2026-11-25T04:20:11Z' },
      { job: 'reconcile', since: undefined },
    ],
    'False',
    'SeveralFailing',
    'usage-sync has not succeeded since 2026-11-25T04:20:11Z, reconcile has never succeeded; its last runs: kubectl -n tenant-a get jobs',
  ],
] as const)('%s', (_what, failing, status, reason, message) => {
  expect(jobsOutcome('tenant-a', failing)).toMatchObject({ type: 'JobsSucceeding', status, reason, message });
});
