import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ClusterState } from '../api/cluster-state.ts';
import type { StoreEvent } from '../store/object-store.ts';
import type { Exchange } from './exchange.ts';
import { podLog } from './pod-log.ts';
import type { Located } from './resource-routes.ts';

type Pod = { metadata: { name: string; uid: string }; spec: object; status: { phase: string } };
const running: Pod = {
  metadata: { name: 'p', uid: '1' },
  spec: { containers: [{ name: 'c' }] },
  status: { phase: 'Running' },
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pod-log-'));
  await writeFile(join(folder, '1'), '2026-01-01T00:00:00Z ready\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Follows the log of a pod that each look finds as it is told. */
const follow = (looks: (Pod | undefined)[]) => {
  let listener: (event: StoreEvent) => void = () => undefined;
  const written: string[] = [];
  const response = Object.assign(new EventEmitter(), {
    writeHead: () => undefined,
    write: (line: string) => written.push(line),
    end: () => response.emit('close'),
  });
  const ended = new Promise<void>((resolve) => response.on('close', () => resolve()));
  const cluster = {
    store: {
      get: () => (looks.length > 1 ? looks.shift() : looks[0]),
      subscribe: (one: typeof listener) => {
        listener = one;
        return () => undefined;
      },
    },
    podLogPath: (uid: string) => join(folder, uid),
    now: () => new Date(),
  } as unknown as ClusterState;
  const exchange = { query: new URLSearchParams('follow=true'), response } as unknown as Exchange;
  const located = { kind: { resource: '/pods' }, name: 'p', namespace: 'n' } as unknown as Located;
  const begun = podLog(cluster)(exchange, located);
  return {
    begun,
    ended,
    written,
    tell: (event: object) => listener({ resource: '/pods', object: running, ...event } as never),
  };
};

it.each([
  ['is gone', undefined],
  ['has ended', { ...running, status: { phase: 'Succeeded' } }],
  ['is another one of its name', { ...running, metadata: { name: 'p', uid: '2' } }],
])('whoever follows a pod that %s by the time its log is read waits for nothing', async (_, now) => {
  const { ended, written } = follow([running, now]);
  await ended;
  expect(written).toEqual(['ready\n']);
});

it('whoever follows a pod hears that it is deleted, whatever its state was', async () => {
  const { begun, ended, tell } = follow([running]);
  await begun;
  tell({ type: 'DELETED' });
  await ended;
});
