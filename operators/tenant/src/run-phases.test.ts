import { inNewTrace } from '@legendops/kit/log/trace-context';
import { startCollector } from '@legendops/kit/testing/collector';
import { silentLog } from '@legendops/kit/testing/silent-log';
import { startTracing } from '@legendops/kit/trace/start-tracing';
import { NotLeading } from '@legendops/operator-runtime/lease/only-while';
import { ContestedObject } from '@legendops/operator-runtime/controller/unsettled-object';
import { expect, test } from 'vitest';
import { say } from './outcome.ts';
import { definePhase, inOrder, type Phase } from './phase.ts';
import { runPhases } from './run-phases.ts';
import type { TenantScope } from './scope.ts';

const scope = { signal: new AbortController().signal } as TenantScope;
const registration = { tenantId: 'a', isNew: false };

/** A first phase that finds the registration, unless it fails before. */
const registering = (report: Awaited<ReturnType<Phase<'Registered', never, 'registration'>['run']>>) =>
  definePhase({
    name: 'First',
    conditions: ['Registered'],
    needs: [],
    finds: ['registration'],
    run: async () => report,
  });
const billing = definePhase({
  name: 'Second',
  conditions: ['BillingReady'],
  needs: ['registration'],
  finds: [],
  run: async ({ registration: { tenantId } }) => ({ outcomes: [say('BillingReady', 'UnknownTimeZone', tenantId)] }),
});

const endOf = async (first: ReturnType<typeof registering>) => {
  const { outcomes, found, failures } = await runPhases(inOrder().next(first).next(billing).phases, scope);
  return { reasons: outcomes.map(({ type, reason }) => `${type} ${reason}`), found, failures };
};

test('a phase gets what one before it has found', async () => {
  const { reasons, found } = await endOf(
    registering({ found: { registration }, outcomes: [say('Registered', 'DirectoryTaken')] }),
  );
  expect(reasons).toEqual(['Registered DirectoryTaken', 'BillingReady UnknownTimeZone']);
  expect(found).toEqual({ registration });
});

test('one whose need was not found does not run, and nothing is said for it', async () => {
  const { reasons } = await endOf(registering({ outcomes: [say('Registered', 'DirectoryTaken')] }));
  expect(reasons).toEqual(['Registered DirectoryTaken']);
});

test('what was found before a failure is handed on, and the failure is said and told', async () => {
  const failure = new Error('no answer');
  const { reasons, failures } = await endOf(registering({ found: { registration }, failure }));
  expect(reasons).toEqual(['Registered TemporaryFailure', 'BillingReady UnknownTimeZone']);
  expect(failures).toEqual([failure]);
});

test('an object that somebody fights over is said with the time of the next try, and is no failure', async () => {
  const failure = new ContestedObject('they fight', 5_000);
  const { outcomes, failures } = await runPhases([registering({ failure })], scope);
  expect(outcomes).toMatchObject([{ reason: 'ContestedObject', requeueAfterMs: 5_000, needs: 'person' }]);
  expect(failures).toEqual([]);
});

test('who has lost the lease goes on with nothing', async () => {
  await expect(endOf(registering({ found: { registration }, failure: new NotLeading() }))).rejects.toBeInstanceOf(
    NotLeading,
  );
});

// Never called: it stands here for the compiler, which refuses each line that expects an error should it no longer do so.
export const refusedByTheCompiler = (): void => {
  // @ts-expect-error nobody before finds the registration
  inOrder().next(billing);
  // @ts-expect-error a condition has no reason beside the table
  say('BillingReady', 'Odd');
  // @ts-expect-error a reason of another condition
  say('BillingReady', 'NameTaken', 'x');
  // @ts-expect-error what a reason says is a matter of the table
  say('BillingReady', 'UnknownTimeZone', 'UTC', 'and more');
  definePhase({
    name: 'Greedy',
    conditions: ['BillingReady'],
    needs: [],
    finds: [],
    // @ts-expect-error it does not say that it needs the namespace
    run: async ({ namespace }) => ({ outcomes: namespace ? [] : [] }),
  });
  definePhase({
    name: 'Loud',
    conditions: ['BillingReady'],
    needs: [],
    finds: [],
    // @ts-expect-error it speaks of a condition that is not its own
    run: async () => ({ outcomes: [say('SecretsReady', 'SecretsReady')] }),
  });
};

test('a pass and its phases are one trace, which says of a phase that failed what kind of error it was', async () => {
  const collector = await startCollector();
  const settings = { TRACES_URL: collector.url, TRACES_SAMPLE_RATIO: 1, TRACES_SIGN_IN: 'none' } as const;
  const tracing = await startTracing('tenant-operator', settings, silentLog);
  const failing = definePhase({
    ...billing,
    run: () => Promise.reject(new TypeError('planted-secret')),
  });
  const first = registering({ found: { registration } });
  await inNewTrace({ name: 'reconcile tenant' }, () => runPhases(inOrder().next(first).next(failing).phases, scope));
  await tracing.stop();
  const pass = collector.span('reconcile tenant');
  expect(collector.span('phase First')).toMatchObject({ traceId: pass.traceId, parentSpanId: pass.spanId });
  expect(collector.span('phase Second')).toMatchObject({ failed: true, attributes: { 'error.type': 'TypeError' } });
  expect(collector.bodies.join('')).not.toContain('planted-secret');
  await collector.close();
});
