import { expect, test } from 'vitest';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, Resource } from '../client/resource.ts';
import { publishStatus } from './status.ts';

type Thing = KubeObject & { status?: { phase: string } };
const things: Resource<Thing> = { apiVersion: 'example.io/v1', kind: 'Thing', plural: 'things', namespaced: true };
const thing: Thing = { metadata: { name: 'a', namespace: 'n', uid: 'u' }, status: { phase: 'Ready' } };

test('a status is written when it differs, as the status alone', async () => {
  const applied: unknown[] = [];
  const client = {
    apply: (async (...parameters: unknown[]) => void applied.push(parameters)) as unknown as KubeClient['apply'],
  };
  const fieldManager = 'status-of-things';
  expect(await publishStatus(client, things, thing, { status: { phase: 'Ready' }, fieldManager })).toBe(false);
  expect(await publishStatus(client, things, thing, { status: { phase: 'Failed' }, fieldManager })).toBe(true);
  const options = { fieldManager, force: true, subresource: 'status' };
  expect(applied).toEqual([
    [things, { metadata: { name: 'a', namespace: 'n' }, status: { phase: 'Failed' } }, options],
  ]);
});
