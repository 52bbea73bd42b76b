import { StatusError } from '@legendops/operator-runtime/client/status-error';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { KubeObject } from '@legendops/operator-runtime/client/resource';
import { NotLeading } from '@legendops/operator-runtime/lease/only-while';
import { expect, test } from 'vitest';
import { claimFor, claimOf } from './api/tenant-id.ts';
import { annotations, type Tenant } from './api/tenant.ts';
import { reconcileTenant, type Dependencies } from './reconcile-tenant.ts';
import { aTenant } from './testing/a-tenant.ts';

const whole = aTenant();
const claimed = '01980000-0000-7000-8000-000000000001';

/** As a watch shows it: the metadata, and no spec. */
const shown = (more: Partial<Tenant['metadata']> = {}): Tenant =>
  ({ metadata: { ...whole.metadata, ...more } }) as Tenant;

const conflict = new StatusError({ code: 409, reason: 'Conflict', message: 'changed since' });

interface Asked {
  seen?: Tenant;
  read?: Tenant;
  /** What the first claim meets. */
  refusal?: Error;
}

/** One pass, with registries that answer nothing: what was asked of the API server, and which id the registry was asked for. */
const passOver = async ({ seen, read, refusal }: Asked) => {
  const calls: string[] = [];
  const ids: string[] = [];
  const failures = refusal ? [refusal] : [];
  const kube = {
    read: async () => {
      calls.push('read');
      return read;
    },
    mergePatch: async (_resource: unknown, _key: unknown, patch: { metadata: Tenant['metadata'] }) => {
      calls.push(`claim of version ${patch.metadata.resourceVersion}`);
      const failure = failures.shift();
      if (failure) throw failure;
      return { ...whole, metadata: { ...whole.metadata, ...patch.metadata } };
    },
    apply: async (_resource: unknown, object: KubeObject) => {
      calls.push('status');
      return object;
    },
  } as unknown as KubeClient;
  const dependencies = {
    kube,
    seen: () => seen,
    registry: {
      register: async (_database: string, id: string) => {
        ids.push(id);
        throw new Error('no answer');
      },
      setState: async () => false,
    },
    events: { record: () => undefined },
    now: () => new Date(0),
    polled: { connections: { of: () => [] } },
    cluster: 'c',
  } as unknown as Dependencies;
  const end = reconcileTenant(dependencies, whole.metadata.name, new AbortController().signal);
  const error = await end.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { calls, ids, error };
};

test('a new Tenant is claimed as the watch shows it, and read by nobody', async () => {
  const { calls, ids } = await passOver({ seen: shown() });
  expect(calls).toEqual(['claim of version 1', 'status']);
  expect(ids).toHaveLength(1);
});

test('one that somebody changed since is read, and claimed as it is now', async () => {
  const read = aTenant();
  read.metadata.resourceVersion = '2';
  const { calls } = await passOver({ seen: shown(), read, refusal: conflict });
  expect(calls).toEqual(['claim of version 1', 'read', 'claim of version 2', 'status']);
});

test('one that is gone since is left', async () => {
  const { calls, error } = await passOver({ seen: shown(), refusal: conflict });
  expect(calls).toEqual(['claim of version 1', 'read']);
  expect(error).toBeUndefined();
});

test.each([
  ['no watch shows it', undefined],
  ['it is paused', shown({ annotations: { [annotations.paused]: 'true' } })],
  ['it is being deleted', shown({ deletionTimestamp: '2026-01-01T00:00:00Z' })],
  ['it has a claim', shown({ annotations: { [annotations.claim]: claimFor(whole, claimed) } })],
])('it is read before anything is written where %s', async (_what, seen) => {
  const { calls } = await passOver({ ...(seen && { seen }), read: aTenant() });
  expect(calls[0]).toBe('read');
});

test('a claim that stands is kept', async () => {
  const read = aTenant();
  read.metadata.annotations = { [annotations.claim]: claimFor(whole, claimed) };
  expect(claimOf(read)).toBe(claimed);
  expect((await passOver({ read })).ids).toEqual([claimed]);
});

test('who has lost the lease reads nothing more', async () => {
  const { calls, error } = await passOver({ seen: shown(), refusal: new NotLeading() });
  expect(calls).toEqual(['claim of version 1']);
  expect(error).toBeInstanceOf(NotLeading);
});
