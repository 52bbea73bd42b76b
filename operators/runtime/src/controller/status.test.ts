import { expect, test } from 'vitest';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, Resource } from '../client/resource.ts';
import { publishStatus } from './status.ts';

type Thing = KubeObject & { status?: { phase?: string; note?: string } };
const things: Resource<Thing> = { apiVersion: 'example.io/v1', kind: 'Thing', plural: 'things', namespaced: true };
const thing: Thing = { metadata: { name: 'a', namespace: 'n', uid: 'u' }, status: { phase: 'Ready' } };
const fieldManager = 'status-of-things';

/** A server in which others have left this much in the status. */
const serverWith = (left: object) => {
  const writes: unknown[] = [];
  const client = {
    apply: async (resource: Resource, desired: Thing, options: unknown) => {
      writes.push(['apply', resource, desired, options]);
      return { ...desired, status: { ...left, ...desired.status } };
    },
    mergePatch: async (...parameters: unknown[]) => void writes.push(['mergePatch', ...parameters]),
  } as unknown as Pick<KubeClient, 'apply' | 'mergePatch'>;
  return { client, writes };
};

test('a status is written when it differs, as the status alone', async () => {
  const { client, writes } = serverWith({});
  expect(await publishStatus(client, things, thing, { status: { phase: 'Ready' }, fieldManager })).toBe(false);
  expect(await publishStatus(client, things, thing, { status: { phase: 'Failed' }, fieldManager })).toBe(true);
  const options = { fieldManager, force: true, subresource: 'status' };
  expect(writes).toEqual([
    ['apply', things, { metadata: { name: 'a', namespace: 'n' }, status: { phase: 'Failed' } }, options],
  ]);
});

test('what others left in the status goes, field by field', async () => {
  const { client, writes } = serverWith({ note: 'restored' });
  expect(await publishStatus(client, things, thing, { status: { phase: 'Failed' }, fieldManager })).toBe(true);
  expect(writes.slice(1)).toEqual([
    [
      'mergePatch',
      things,
      { name: 'a', namespace: 'n' },
      { status: { phase: 'Failed', note: null } },
      { fieldManager, subresource: 'status' },
    ],
  ]);
});
