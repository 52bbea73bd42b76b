import { expect, test } from 'vitest';
import { summary } from './tenant-status.ts';
import { blocked, done, waiting } from './scope.ts';

test.each([
  ['all is well', [done('Registered', 'Registered'), done('BillingReady', 'CronJobsReady')], 'True', 'Ready', ''],
  [
    'something is wrong and something waits for it',
    [waiting('NamespaceReady', 'Waiting', 'w'), blocked('BillingReady', 'ScheduleRefused', 'bad')],
    'False',
    'ScheduleRefused',
    'BillingReady: bad',
  ],
  [
    'something waits',
    [done('Registered', 'Registered'), waiting('NamespaceReady', 'NamespaceTerminating', 'gone soon')],
    'False',
    'NamespaceTerminating',
    'NamespaceReady: gone soon',
  ],
])('Ready when %s', (_name, outcomes, status, reason, message) => {
  expect(summary(outcomes)).toEqual({ type: 'Ready', status, reason, message });
});
