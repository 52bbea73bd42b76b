import { expect, test } from 'vitest';
import type { Preconditions } from '../client/kube-client.ts';
import type { KubeObject, ObjectMeta, Resource } from '../client/resource.ts';
import { StatusError } from '../client/status-error.ts';
import { prune } from './prune.ts';

const cronJobs: Resource = { apiVersion: 'batch/v1', kind: 'CronJob', plural: 'cronjobs', namespaced: true };
const key = { name: 'old', namespace: 'a' };
const labels = { 'example.io/owner': 'us' };

const anObject = (changes: Partial<ObjectMeta> = {}): KubeObject => ({
  metadata: {
    ...key,
    uid: 'u',
    resourceVersion: '7',
    labels,
    managedFields: [{ manager: 'ours', operation: 'Apply' }],
    ...changes,
  },
});

const pruned = async (object: KubeObject | undefined, refusal?: StatusError) => {
  const removed: Preconditions[] = [];
  const client = {
    read: async () => object as never,
    remove: async (_: Resource, __: unknown, preconditions: Preconditions) => {
      if (refusal) throw refusal;
      removed.push(preconditions);
      return true;
    },
  };
  return { went: await prune({ client, fieldManager: 'ours', labels }, cronJobs, key), removed };
};

test('what we made and want no more goes, in the very version that was looked at', async () => {
  expect(await pruned(anObject())).toEqual({ went: true, removed: [{ uid: 'u', resourceVersion: '7' }] });
});

test.each<[string, KubeObject | undefined]>([
  ['what has gone', undefined],
  ['what goes already', anObject({ deletionTimestamp: 'now' })],
  ['what has not our label', anObject({ labels: { 'example.io/owner': 'them' } })],
  ['what has no label', { metadata: { ...key, uid: 'u' } }],
  ['what somebody else made with our labels', anObject({ managedFields: [{ manager: 'kubectl' }] })],
  ['of what only the status is ours', anObject({ managedFields: [{ manager: 'ours', subresource: 'status' }] })],
])('%s is left alone', async (_what, object) => {
  expect(await pruned(object)).toEqual({ went: false, removed: [] });
});

test('what somebody changed meanwhile stays, for another look', async () => {
  const conflict = new StatusError({ code: 409, reason: 'Conflict', message: 'changed' });
  expect(await pruned(anObject(), conflict)).toEqual({ went: false, removed: [] });
});

test('any other refusal is told', async () => {
  const refusal = new StatusError({ code: 403, reason: 'Forbidden', message: 'no' });
  await expect(pruned(anObject(), refusal)).rejects.toBe(refusal);
});
