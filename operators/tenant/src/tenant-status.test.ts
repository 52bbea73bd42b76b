import { expect, test } from 'vitest';
import type { Condition } from '@legendops/operator-runtime/controller/conditions';
import { summary, transitions } from './tenant-status.ts';
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

const condition = (type: string, status: Condition['status'], reason: string): Condition => ({
  type,
  status,
  reason,
  message: '',
  observedGeneration: 1,
  lastTransitionTime: '2026-01-01T00:00:00Z',
});
const good = [condition('Ready', 'True', 'Ready'), condition('BillingReady', 'True', 'CronJobsReady')];
const bad = [condition('Ready', 'False', 'ScheduleRefused'), condition('BillingReady', 'False', 'ScheduleRefused')];

test.each<[string, Condition[], Condition[], string[]]>([
  ['a tenant that comes up is told by one event', [], good, ['Ready']],
  ['nothing new is not told', good, good, []],
  ['what went wrong is told by its aspect', good, bad, ['ScheduleRefused']],
  ['what is right again is told with Ready', bad, good, ['Ready', 'CronJobsReady']],
  [
    'another reason is told',
    bad,
    [condition('Ready', 'False', 'UnknownTimeZone'), condition('BillingReady', 'False', 'UnknownTimeZone')],
    ['UnknownTimeZone'],
  ],
])('%s', (_name, before, after, reasons) => {
  expect(transitions(before, after).map(({ reason }) => reason)).toEqual(reasons);
});
