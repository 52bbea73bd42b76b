import { expect, test } from 'vitest';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, Resource } from '../client/resource.ts';
import { addFinalizer, hasFinalizer, isBeingDeleted, removeFinalizer } from './finalizers.ts';

const things: Resource = { apiVersion: 'v1', kind: 'Thing', plural: 'things', namespaced: true };
const aThing = (finalizers?: string[]): KubeObject => ({
  metadata: { name: 'a', namespace: 'n', uid: 'u', resourceVersion: '7', ...(finalizers && { finalizers }) },
});

const recording = () => {
  const patches: unknown[] = [];
  const mergePatch = (async (_resource: unknown, key: unknown, patch: unknown) => {
    patches.push([key, patch]);
    return aThing();
  }) as unknown as KubeClient['mergePatch'];
  return { patches, client: { mergePatch } };
};
const key = { name: 'a', namespace: 'n' };

test('one is added beside those of others, with its annotations, to the very version that was read', async () => {
  const { patches, client } = recording();
  const annotations = { 'example.io/id': '1' };
  await addFinalizer(client, things, aThing(['other']), { finalizer: 'ours', annotations });
  const metadata = { finalizers: ['other', 'ours'], annotations, uid: 'u', resourceVersion: '7' };
  expect(patches).toEqual([[key, { metadata }]]);
});

test('ours is removed and those of others stay; where it is not there nothing is written', async () => {
  const { patches, client } = recording();
  await removeFinalizer(client, things, aThing(['other', 'ours']), 'ours');
  await removeFinalizer(client, things, aThing(['other']), 'ours');
  expect(patches).toEqual([[key, { metadata: { finalizers: ['other'], uid: 'u', resourceVersion: '7' } }]]);
});

test('an object says whether it has one, and whether it goes', () => {
  expect([hasFinalizer(aThing(['ours']), 'ours'), hasFinalizer(aThing(), 'ours')]).toEqual([true, false]);
  expect(isBeingDeleted(aThing())).toBe(false);
  expect(isBeingDeleted({ metadata: { ...aThing().metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } })).toBe(true);
});
