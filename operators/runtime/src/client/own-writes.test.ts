import { expect, test } from 'vitest';
import type { KubeClient } from './kube-client.ts';
import { rememberWrites } from './own-writes.ts';
import type { KubeObject, Resource } from './resource.ts';

const things: Resource = { apiVersion: 'v1', kind: 'Thing', plural: 'things', namespaced: false };
const version = (resourceVersion: string, uid = 'u'): KubeObject => ({ metadata: { name: 'a', uid, resourceVersion } });

/** Every write makes the next version. */
const server = (): KubeClient => {
  let next = 0;
  const write = async () => version(`${(next += 1)}`);
  return { create: write, apply: write, update: write, mergePatch: write } as unknown as KubeClient;
};

test('versions of our own writes are ours, and no others', async () => {
  const { client, isOurs } = rememberWrites(server());
  await client.create(things, version(''));
  await client.apply(things, version(''), { fieldManager: 'us', force: true });
  await client.update(things, version(''));
  await client.mergePatch(things, { name: 'a' }, {});
  const ours = await Promise.all(['1', '2', '3', '4', '5'].map((one) => isOurs(things, version(one))));
  expect(ours).toEqual([true, true, true, true, false]);
  expect(await isOurs(things, version('1', 'another'))).toBe(false);
});

test('an event that overtakes the answer of its write is ours, too', async () => {
  const answer = Promise.withResolvers<KubeObject>();
  const { client, isOurs } = rememberWrites({ apply: () => answer.promise } as unknown as KubeClient);
  const writing = client.apply(things, version(''), { fieldManager: 'us', force: true });
  const judged = isOurs(things, version('7'));
  answer.resolve(version('7'));
  await writing;
  expect(await judged).toBe(true);
});

test('a write that failed is not ours', async () => {
  const failing = { apply: () => Promise.reject(new Error('away')) } as unknown as KubeClient;
  const { client, isOurs } = rememberWrites(failing);
  const writing = client.apply(things, version('1'), { fieldManager: 'us', force: true });
  const judged = isOurs(things, version('1'));
  await expect(writing).rejects.toThrow('away');
  expect(await judged).toBe(false);
});

test('what is long over is forgotten', async () => {
  const { client, isOurs } = rememberWrites(server());
  for (let write = 0; write < 5_001; write += 1) await client.create(things, version(''));
  const ours = await Promise.all(['1', '2', '5001'].map((one) => isOurs(things, version(one))));
  expect(ours).toEqual([false, true, true]);
});
