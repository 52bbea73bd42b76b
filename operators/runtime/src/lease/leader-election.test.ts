import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject } from '../client/resource.ts';
import { StatusError } from '../client/status-error.ts';
import { electLeader, type Election } from './leader-election.ts';

type Lease = KubeObject & { spec: { holderIdentity?: string; leaseTransitions?: number } };

/** One Lease with optimistic concurrency; `before` and `after` put a fault around a write. */
const leaseServer = () => {
  let lease: Lease | undefined;
  let version = 0;
  const faults = { read: async () => {}, before: async () => {}, after: async () => {} };
  const store = (object: Lease): Lease => {
    version += 1;
    lease = { ...structuredClone(object), metadata: { ...object.metadata, resourceVersion: String(version) } };
    return structuredClone(lease);
  };
  const write = async (object: Lease): Promise<Lease> => {
    await faults.before();
    if (!lease) throw new StatusError({ code: 404, reason: 'NotFound', message: '' });
    if (object.metadata.resourceVersion !== lease.metadata.resourceVersion)
      throw new StatusError({ code: 409, reason: 'Conflict', message: '' });
    const stored = store(object);
    await faults.after();
    return stored;
  };
  const client: Partial<KubeClient> = {
    read: (async () => {
      await faults.read();
      return structuredClone(lease);
    }) as unknown as KubeClient['read'],
    create: (async (_resource: unknown, object: Lease) => {
      if (lease) throw new StatusError({ code: 409, reason: 'AlreadyExists', message: '' });
      return store(object);
    }) as unknown as KubeClient['create'],
    update: ((_resource: unknown, object: Lease) => write(object)) as unknown as KubeClient['update'],
  };
  return {
    client: client as KubeClient,
    faults,
    holder: () => lease?.spec.holderIdentity,
    transitions: () => lease?.spec.leaseTransitions,
    take: (holderIdentity: string) => {
      if (lease) store({ ...lease, spec: { ...lease.spec, holderIdentity } });
    },
    drop: () => {
      lease = undefined;
    },
  };
};

let server: ReturnType<typeof leaseServer>;
let elections: Election[];
let lost: string[];
let told: string[];
let waits: string[];

const candidate = (identity: string): Election & { won: () => boolean } => {
  let won = false;
  const election = electLeader({
    client: server.client,
    key: { namespace: 'n', name: 'l' },
    identity,
    onLost: (reason) => lost.push(`${identity}: ${reason}`),
    onError: (error) => told.push(`${identity}: ${String(error)}`),
    onWaiting: (holder) => waits.push(`${identity} for ${holder}`),
  });
  void election.elected.then(() => (won = true));
  elections.push(election);
  return { ...election, won: () => won };
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  server = leaseServer();
  elections = [];
  lost = [];
  told = [];
  waits = [];
});
afterEach(async () => {
  Object.assign(server.faults, { read: async () => {}, before: async () => {}, after: async () => {} });
  const released = Promise.all(elections.map((election) => election.release()));
  await pass(10_000);
  await released;
  vi.useRealTimers();
});

test('of two candidates one leads, and stays the leader while it renews', async () => {
  const [a, b] = [candidate('a'), candidate('b')];
  await pass(60_000);
  expect([a.won(), b.won(), server.holder()]).toEqual([true, false, 'a']);
  expect([a.isLeader(), b.isLeader(), lost]).toEqual([true, false, []]);
});

test('a lease that is given back goes to the next within seconds', async () => {
  const [a, b] = [candidate('a'), candidate('b')];
  await pass(10_000);
  await a.release();
  await pass(3_000);
  expect([b.won(), server.holder(), server.transitions()]).toEqual([true, 'b', 1]);
  expect(lost).toEqual([]);
});

test('a leader that goes while its renewal is under way gives the lease back all the same', async () => {
  const a = candidate('a');
  await pass(0);
  for (const side of ['before', 'after'] as const) {
    const answer = Promise.withResolvers<void>();
    server.faults[side] = () => answer.promise;
    await pass(2_500);
    const released = (side === 'before' ? a : elections.at(-1))?.release();
    await pass(100);
    server.faults[side] = async () => {};
    answer.resolve();
    await released;
    expect(server.holder()).toBe('');
    candidate('b');
    await pass(5_000);
    expect(server.holder()).toBe('b');
  }
});

test('a leader that vanished is succeeded when its lease has not changed for its length, not before', async () => {
  candidate('a');
  await pass(5_000);
  const a = elections[0];
  server.faults.before = () => new Promise(() => {});
  await pass(3_000);
  server.faults.before = async () => {};
  const b = candidate('b');
  await pass(14_000);
  expect(b.won()).toBe(false);
  await pass(5_000);
  expect([b.won(), server.holder()]).toEqual([true, 'b']);
  expect(a?.isLeader()).toBe(false);
});

test('a leader whose renewal hangs gives up before anybody else may begin', async () => {
  const a = candidate('a');
  await pass(5_000);
  server.faults.before = () => new Promise(() => {});
  await pass(12_500);
  expect(lost).toEqual(['a: the lease could not be renewed in time']);
  expect(a.isLeader()).toBe(false);
});

test('a leader that is refused for ten seconds gives up, one that is refused for five does not', async () => {
  const a = candidate('a');
  const down = async () => {
    throw new StatusError({ code: 503, reason: 'ServiceUnavailable', message: '' });
  };
  await pass(5_000);
  server.faults.before = down;
  await pass(5_000);
  server.faults.before = async () => {};
  await pass(10_000);
  expect([a.isLeader(), lost]).toEqual([true, []]);
  server.faults.before = down;
  await pass(15_000);
  expect(lost).toHaveLength(1);
});

test('a lease that somebody took is lost at once', async () => {
  const a = candidate('a');
  await pass(5_000);
  server.take('b');
  await pass(3_000);
  expect(lost).toEqual(['a: another process took the lease']);
  expect(a.isLeader()).toBe(false);
  await pass(60_000);
  expect(server.holder()).toBe('b');
});

test('a renewal whose reply was lost does not cost the leadership', async () => {
  const a = candidate('a');
  await pass(5_000);
  server.faults.after = async () => {
    server.faults.after = async () => {};
    throw new Error('ECONNRESET');
  };
  await pass(20_000);
  expect([a.isLeader(), lost, server.holder()]).toEqual([true, [], 'a']);
});

test('a lease that was deleted is made again by its leader', async () => {
  const a = candidate('a');
  await pass(5_000);
  server.drop();
  await pass(10_000);
  expect([a.isLeader(), server.holder(), lost]).toEqual([true, 'a', []]);
});

test.each([
  ['an hour ahead', 3_600_000],
  ['an hour back', -3_600_000],
])('a wall clock that jumps %s makes nobody lose or take the lease', async (_what, jumpMs) => {
  const first = candidate('first');
  await pass(0);
  const second = candidate('second');
  await pass(3_000);
  vi.setSystemTime(Date.now() + jumpMs);
  await pass(60_000);
  expect([first.isLeader(), second.won(), lost]).toEqual([true, false, []]);
  expect(server.transitions()).toBe(0);
});

test('a candidate that may not read the lease says so once a minute, and takes no part until it may', async () => {
  server.faults.read = async () => {
    throw new StatusError({ code: 403, reason: 'Forbidden', message: 'leases are not for you' });
  };
  const a = candidate('a');
  await pass(59_000);
  expect([told, a.takesPart()]).toEqual([['a: StatusError: leases are not for you'], false]);
  await pass(60_000);
  expect(told).toHaveLength(2);
  server.faults.read = async () => {};
  await pass(3_000);
  expect([a.takesPart(), a.won(), told.length]).toEqual([true, true, 2]);
});

test('a candidate whose server no longer answers takes no part after a minute, not before', async () => {
  candidate('a');
  await pass(0);
  const b = candidate('b');
  await pass(10_000);
  expect(b.takesPart()).toBe(true);
  server.faults.read = () => new Promise(() => {});
  await pass(55_000);
  expect(b.takesPart()).toBe(true);
  await pass(8_000);
  expect(b.takesPart()).toBe(false);
});

test('to come second is no failure', async () => {
  candidate('a');
  const b = candidate('b');
  await pass(30_000);
  expect([told, b.takesPart()]).toEqual([[], true]);
});

test('who waits is told for whom, once for each', async () => {
  candidate('one');
  await pass(100);
  candidate('two');
  await pass(30_000);
  expect(waits).toEqual(['two for one']);
  server.take('three');
  await pass(10_000);
  expect(waits.filter((wait) => wait.startsWith('two'))).toEqual(['two for one', 'two for three']);
});
