import { beforeEach, expect, test, vi } from 'vitest';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, Resource } from '../client/resource.ts';
import { StatusError } from '../client/status-error.ts';
import { createEventRecorder, type EventRecorder, type Happening } from './event-recorder.ts';

const things: Resource = { apiVersion: 'example.io/v1', kind: 'Thing', plural: 'things', namespaced: false };
const thing: KubeObject = { metadata: { name: 'a', uid: 'u' } };
const failed: Happening = { type: 'Warning', reason: 'Failed', action: 'Reconcile', note: 'the disk is full' };

let created: (KubeObject & { note?: string })[];
let patches: { name: string; series: { count: number } }[];
let errors: unknown[];
let clock: Date;
let refusal: unknown;
let recorder: EventRecorder;
beforeEach(() => {
  [created, patches, errors, refusal] = [[], [], [], undefined];
  clock = new Date('2026-01-01T00:00:00.123Z');
  const client: Partial<KubeClient> = {
    create: (async (_resource: unknown, object: KubeObject) => {
      if (refusal !== undefined) throw refusal;
      created.push(object);
      return object;
    }) as unknown as KubeClient['create'],
    mergePatch: (async (_resource: unknown, { name }: { name: string }, patch: { series: { count: number } }) => {
      if (refusal !== undefined) throw refusal;
      patches.push({ name, ...patch });
    }) as unknown as KubeClient['mergePatch'],
  };
  recorder = createEventRecorder({
    client: client as KubeClient,
    controller: 'example.io/things',
    onError: (error) => errors.push(error),
    now: () => clock,
  });
});
const tell = async (...happenings: Happening[]): Promise<void> => {
  for (const happening of happenings) recorder.record(things, thing, happening);
  await recorder.settled();
};

test('an event says who saw what of whom, with microseconds; one of the cluster stands in default', async () => {
  await tell(failed);
  expect(created).toMatchObject([
    {
      metadata: { namespace: 'default', name: expect.stringMatching(/^a\.[0-9a-f]{16}$/) },
      eventTime: '2026-01-01T00:00:00.123000Z',
      type: 'Warning',
      reason: 'Failed',
      note: 'the disk is full',
      regarding: { apiVersion: 'example.io/v1', kind: 'Thing', name: 'a', uid: 'u' },
      reportingController: 'example.io/things',
    },
  ]);
});

test('the same again counts up; something else, or the same much later, is another event', async () => {
  await tell(failed, failed, failed);
  expect([created.length, patches.map(({ series }) => series.count)]).toEqual([1, [2, 3]]);
  await tell({ ...failed, note: 'the disk is gone' });
  clock = new Date(clock.getTime() + 7 * 60_000);
  await tell(failed);
  expect([created.length, patches.length]).toEqual([3, 2]);
});

test('an event that the server has forgotten is made anew', async () => {
  await tell(failed);
  refusal = new StatusError({ code: 404, reason: 'NotFound', message: '' });
  await tell(failed);
  refusal = undefined;
  await tell(failed);
  expect(errors).toHaveLength(1);
  expect(created).toHaveLength(1);
  expect(patches).toHaveLength(1);
});

test('one that cannot be written is reported, and the next one is tried', async () => {
  refusal = new Error('no');
  await tell(failed);
  refusal = undefined;
  await tell({ ...failed, reason: 'Other' });
  expect([errors.length, created.length]).toEqual([1, 1]);
});

test('ever new words of one object are bounded, and long ones are cut at a character', async () => {
  await tell(...Array.from({ length: 40 }, (_, index) => ({ ...failed, note: `${index} ${'ä'.repeat(2_000)}` })));
  expect(created).toHaveLength(25);
  for (const { note = '' } of created) {
    expect(Buffer.byteLength(note)).toBeLessThanOrEqual(1_024);
    expect(note).toMatch(/ä…$/);
  }
});

test('a server that does not answer holds up nobody who waits for the last events', async () => {
  vi.useFakeTimers();
  const client = { create: () => new Promise(() => {}) } as unknown as KubeClient;
  const silent = createEventRecorder({ client, controller: 'example.io/things', onError: () => {} });
  silent.record(things, thing, failed);
  let isOver = false;
  void silent.settled(1_000).then(() => (isOver = true));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(isOver).toBe(true);
  vi.useRealTimers();
});

test('an onError that throws is warned of, and later events are told', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  refusal = new Error('down');
  const broken = errors;
  errors = new Proxy(broken, {
    get: () => {
      throw new Error('the log is broken');
    },
  });
  await tell(failed);
  expect(warned).toHaveBeenCalledWith(new Error('the log is broken'));
  refusal = undefined;
  await tell({ ...failed, note: 'another' });
  expect(created).toHaveLength(1);
  warned.mockRestore();
});
