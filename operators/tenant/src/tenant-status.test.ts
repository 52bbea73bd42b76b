import { expect, test } from 'vitest';
import type { Condition } from '@legendops/operator-runtime/controller/conditions';
import { lookAgainMs, standard, summary, transitions } from './tenant-status.ts';
import { patienceMs } from './patience.ts';
import { anOutcome } from './testing/an-outcome.ts';
import { aTenant } from './testing/a-tenant.ts';

test.each([
  [
    'all is well',
    [anOutcome('Registered', 'Registered'), anOutcome('BillingReady', 'CronJobsReady')],
    'True',
    'Ready',
    '',
  ],
  [
    'something is wrong and something waits for it',
    [
      anOutcome('NamespaceReady', 'Waiting', { message: 'w' }),
      anOutcome('BillingReady', 'ScheduleRefused', { message: 'bad' }),
    ],
    'False',
    'ScheduleRefused',
    'BillingReady: bad',
  ],
  [
    'something waits',
    [
      anOutcome('Registered', 'Registered'),
      anOutcome('NamespaceReady', 'NamespaceTerminating', { message: 'gone soon' }),
    ],
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

test.each([
  ['all is well', [anOutcome('Registered', 'Registered')], []],
  [
    'something passes by itself',
    [anOutcome('Registered', 'TemporaryFailure', { message: 'soon' })],
    ['Reconciling TemporaryFailure'],
  ],
  [
    'a person must act, and something else passes by itself',
    [anOutcome('Registered', 'TemporaryFailure', { message: 'soon' }), anOutcome('NamespaceReady', 'NamespaceTaken')],
    ['Stalled NamespaceTaken'],
  ],
  ['only another spec mends it', [anOutcome('BillingReady', 'UnknownTimeZone')], ['Stalled UnknownTimeZone']],
  ['only what informs is open', [anOutcome('JobsSucceeding', 'UsageSyncFailing')], []],
])('standard conditions when %s', (_name, outcomes, expected) => {
  expect(standard(outcomes).map(({ type, reason }) => `${type} ${reason}`)).toEqual(expected);
});

test.each([
  [0, 2_000],
  [60_000, 12_000],
  [3_600_000, 30_000],
])('after %s ms of waiting the next look is in %s ms', (waitedMs, expected) => {
  expect(patienceMs(waitedMs)).toBe(expected);
});

test.each([
  ['nothing asks for it', [anOutcome('Registered', 'Registered')], undefined],
  ['a phase names a time', [anOutcome('DatabaseReady', 'LoginsReady', { requeueAfterMs: 3_600_000 })], 3_600_000],
  ['a person must act', [anOutcome('DatabaseReady', 'LoginDrifted', { requeueAfterMs: 3_600_000 })], 2_000],
  ['only another spec mends it', [anOutcome('BillingReady', 'UnknownTimeZone')], undefined],
  ['what informs is open', [anOutcome('IntegrationsReady', 'NotConnected')], undefined],
])('when to look again: %s', (_name, outcomes, expected) => {
  const scope = { tenant: aTenant(), now: () => new Date() };
  expect(lookAgainMs(scope, outcomes)).toBe(expected);
});
