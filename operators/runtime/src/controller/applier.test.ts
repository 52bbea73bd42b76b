import { beforeEach, describe, expect, test } from 'vitest';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, Resource } from '../client/resource.ts';
import { createApplier, type Applier, type Watched } from './applier.ts';
import { ChangedByAdmission, ContestedObject } from './unsettled-object.ts';

type Thing = KubeObject & { spec: { size?: string; parts?: { name: string }[] } };
const things: Resource<Thing> = { apiVersion: 'v1', kind: 'Thing', plural: 'things', namespaced: true };
const aThing = (spec: Thing['spec']): Thing => ({ metadata: { name: 'a', namespace: 'n' }, spec });

/** One object; `stored` is how the server spells what it is given. */
const oneThingServer = () => {
  let object: Thing | undefined;
  let version = 0;
  const server = {
    writes: [] as string[],
    stored: (spec: Thing['spec']) => spec,
    edit: (spec: Thing['spec'], manager = 'somebody-else') => {
      version += 1;
      const owned = Object.fromEntries(Object.keys(spec).map((field) => [`f:${field}`, {}]));
      const entries = [{ manager, operation: manager === 'us' ? 'Apply' : 'Update', fieldsV1: { 'f:spec': owned } }];
      object = {
        metadata: { ...aThing(spec).metadata, uid: 'u', resourceVersion: `${version}`, managedFields: entries },
        spec,
      };
    },
    remove: () => {
      object = undefined;
    },
    spec: () => object?.spec,
  };
  const set = (spec: Thing['spec']): Thing | undefined => {
    if (JSON.stringify(spec) !== JSON.stringify(object?.spec)) server.edit(spec, 'us');
    return structuredClone(object);
  };
  const client: Partial<KubeClient> = {
    read: (async () => structuredClone(object)) as unknown as KubeClient['read'],
    apply: (async (_resource: unknown, { spec }: Thing) => {
      server.writes.push('apply');
      const foreign = (object?.spec.parts ?? []).filter(({ name }) => !spec.parts?.some((part) => part.name === name));
      return set(
        server.stored({ ...object?.spec, ...spec, ...(spec.parts && { parts: [...spec.parts, ...foreign] }) }),
      );
    }) as unknown as KubeClient['apply'],
    update: (async (_resource: unknown, { spec }: Thing) => {
      server.writes.push('update');
      return set(server.stored(spec));
    }) as unknown as KubeClient['update'],
  };
  return { server, client: client as KubeClient };
};

let server: ReturnType<typeof oneThingServer>['server'];
let applier: Applier;
let clock: number;
beforeEach(() => {
  const created = oneThingServer();
  ({ server } = created);
  clock = 0;
  applier = createApplier({ client: created.client, fieldManager: 'us', now: () => clock });
});

test('what is missing is made, and what stands there is not written again', async () => {
  expect(await applier.ensure(things, aThing({ size: '1' }))).toBe(true);
  expect(await applier.ensure(things, aThing({ size: '1' }))).toBe(false);
  expect(server.writes).toEqual(['apply']);
});

test('what cannot be there yet is made without asking', async () => {
  const asked: string[] = [];
  const { client } = oneThingServer();
  const reading = { ...client, read: async () => void asked.push('read') } as unknown as KubeClient;
  const writing = createApplier({ client: reading, fieldManager: 'us' });
  expect(await writing.ensure(things, aThing({ size: '1' }), { isNew: true })).toBe(true);
  expect(asked).toEqual([]);
});

describe('with a watch', () => {
  let shown: Watched | undefined;
  let reads: number;
  let watching: Applier;
  /** What the watch tells after an event: the version that is stored now. */
  const event = async (client: KubeClient): Promise<void> => {
    const object = await client.read(things, aThing({}).metadata);
    shown = object && { metadata: object.metadata };
  };
  const ensure = (size: string): Promise<boolean> => watching.ensure(things, aThing({ size }));
  let told: () => Promise<void>;
  beforeEach(async () => {
    const created = oneThingServer();
    ({ server } = created);
    reads = 0;
    shown = undefined;
    told = () => event(created.client);
    const read = (async () => {
      reads += 1;
      return created.client.read(things, aThing({}).metadata);
    }) as unknown as KubeClient['read'];
    watching = createApplier({ client: { ...created.client, read }, fieldManager: 'us', watched: () => shown });
    await ensure('1');
    await told();
    await ensure('1');
    reads = 0;
  });

  test('what was found in place is not read again until an event comes', async () => {
    expect(await ensure('1')).toBe(false);
    expect(reads).toBe(0);
    server.edit({ size: '9' });
    await told();
    expect(await ensure('1')).toBe(true);
    expect(server.spec()).toEqual({ size: '1' });
  });

  test('it is read when something else is desired', async () => {
    expect(await ensure('2')).toBe(true);
    expect(server.spec()).toEqual({ size: '2' });
  });

  test('it is read while the watch may have missed something', async () => {
    shown = undefined;
    server.edit({ size: '9' });
    expect(await ensure('1')).toBe(true);
  });

  test('what the read found says nothing of another version that the watch shows', async () => {
    server.edit({ size: '9' }, 'us');
    await told();
    server.edit({ size: '1' }, 'us');
    // The read is ahead of the watch: in place, and not what the watch shows.
    expect(await ensure('1')).toBe(false);
    server.edit({ size: '9' }, 'us');
    expect(await ensure('1')).toBe(true);
  });
});

test('what others added to our lists, or beside our fields, goes', async () => {
  await applier.ensure(things, aThing({ parts: [{ name: 'ours' }] }));
  server.edit({ parts: [{ name: 'ours' }, { name: 'theirs' }] });
  await applier.ensure(things, aThing({ parts: [{ name: 'ours' }] }));
  expect(server.spec()).toEqual({ parts: [{ name: 'ours' }] });
  server.edit({ size: 'theirs', parts: [{ name: 'ours' }] });
  await applier.ensure(things, aThing({ parts: [{ name: 'ours' }] }));
  expect(server.spec()).toEqual({ parts: [{ name: 'ours' }] });
});

test('a value that the server spells otherwise is written once, until the object changes', async () => {
  server.stored = ({ size, ...rest }) => ({ ...rest, ...(size !== undefined && { size: size.replace('2000m', '2') }) });
  server.edit({ size: '1' });
  for (let pass = 0; pass < 3; pass += 1) await applier.ensure(things, aThing({ size: '2000m' }));
  expect(server.writes).toEqual(['apply', 'update']);
  server.edit({ size: '7' });
  await applier.ensure(things, aThing({ size: '2000m' }));
  expect(server.spec()).toEqual({ size: '2' });
});

describe('admission that makes something else of what we write', () => {
  const mirrored = (): void => {
    server.stored = (spec) => ({ ...spec, ...(spec.size !== undefined && { size: `mirror/${spec.size}` }) });
  };
  const ensured = (isNew = false): Promise<unknown> =>
    applier.ensure(things, aThing({ size: 'one' }), { isNew }).then(
      () => undefined,
      (error: unknown) => error,
    );

  test.each([
    ['that was there', false],
    ['that is new', true],
  ])('is named with the field and both values, of an object %s', async (_what, isNew) => {
    mirrored();
    const error = await ensured(isNew);
    expect(error).toBeInstanceOf(ChangedByAdmission);
    expect(String(error)).toContain(
      'admission changed Thing n/a, spec.size: "one" was written and "mirror/one" stands there',
    );
  });

  test('is not fought: it is told in every pass, and tried again once the window is over', async () => {
    mirrored();
    await ensured();
    const { length } = server.writes;
    for (let pass = 0; pass < 20; pass += 1) {
      clock += 20_000;
      expect(await ensured()).toBeInstanceOf(ChangedByAdmission);
    }
    expect(server.writes).toHaveLength(length);
    server.stored = (spec) => spec;
    clock += 5 * 60_000;
    expect(await ensured()).toBeUndefined();
    expect(server.spec()).toEqual({ size: 'one' });
  });

  test('is told from somebody who changes it to yet another value', async () => {
    mirrored();
    await ensured();
    const { length } = server.writes;
    server.edit({ size: 'theirs' });
    expect(await ensured()).toBeInstanceOf(ChangedByAdmission);
    expect(server.writes.length).toBeGreaterThan(length);
    expect(server.spec()).toEqual({ size: 'mirror/one' });
  });

  test('shows no value of a Secret', async () => {
    mirrored();
    const secrets = { ...things, kind: 'Secret' };
    await expect(applier.ensure(secrets, aThing({ size: 'hidden' }))).rejects.toThrow(/^(?!.*hidden).*not shown/);
  });
});

test('who changes it again and again is named and no longer fought, and met again after the window', async () => {
  const passes = async (count: number): Promise<unknown[]> => {
    const errors: unknown[] = [];
    for (let pass = 0; pass < count; pass += 1) {
      server.edit({ size: 'theirs' }, 'autoscaler');
      clock += 1_000;
      await applier.ensure(things, aThing({ size: 'ours' })).catch((error: unknown) => errors.push(error));
    }
    return errors;
  };
  const errors = await passes(8);
  expect(server.writes).toHaveLength(5);
  expect(errors).toHaveLength(3);
  expect(errors[0]).toBeInstanceOf(ContestedObject);
  expect(String(errors[0])).toContain('Thing n/a is changed again and again by autoscaler');
  clock += 10 * 60_000;
  expect(await passes(1)).toEqual([]);
  expect(server.spec()).toEqual({ size: 'ours' });
});

test('what is desired and changes often is no fight', async () => {
  await applier.ensure(things, aThing({ size: '0' }));
  for (let size = 1; size < 20; size += 1) await applier.ensure(things, aThing({ size: `${size}` }));
  expect(server.spec()).toEqual({ size: '19' });
});

test('what somebody removes again and again is given up for a while, and made again after the window', async () => {
  const passes = async (count: number): Promise<unknown[]> => {
    const errors: unknown[] = [];
    for (let pass = 0; pass < count; pass += 1) {
      server.remove();
      clock += 1_000;
      await applier.ensure(things, aThing({ size: 'ours' })).catch((error: unknown) => errors.push(error));
    }
    return errors;
  };
  const errors = await passes(8);
  expect(server.writes).toHaveLength(5);
  expect(errors).toHaveLength(3);
  expect(errors[0]).toBeInstanceOf(ContestedObject);
  expect(errors[0]).toMatchObject({ retryInMs: 10 * 60_000 - 5_000 });
  expect(String(errors[0])).toContain('Thing n/a is removed again and again by somebody unknown');
  clock += 10 * 60_000;
  expect(await passes(1)).toEqual([]);
  expect(server.spec()).toEqual({ size: 'ours' });
});

test('who removes and changes in turns is one opponent, although the object is another each time', async () => {
  const ensured = async (): Promise<boolean> => applier.ensure(things, aThing({ size: 'ours' }));
  for (const harm of [1, 2, 3, 4, 5]) {
    if (harm % 2 === 0) server.edit({ size: 'theirs' });
    else server.remove();
    expect(await ensured()).toBe(true);
  }
  server.edit({ size: 'theirs' });
  await expect(ensured()).rejects.toThrow('is changed again and again by somebody-else');
});

test('to make what cannot be there yet is no fight, and neither is a change of what is desired', async () => {
  for (let round = 0; round < 20; round += 1) {
    server.remove();
    await applier.ensure(things, aThing({ size: '0' }), { isNew: true });
  }
  for (let size = 1; size < 20; size += 1) {
    server.remove();
    await applier.ensure(things, aThing({ size: `${size}` }));
  }
  expect(server.spec()).toEqual({ size: '19' });
});

test('a repair does not look through all that were made before it', async () => {
  let looks = 0;
  const { client } = oneThingServer();
  const apply = async (_resource: unknown, object: Thing): Promise<Thing> => object;
  const missing = { ...client, apply, read: async () => undefined } as unknown as KubeClient;
  const busy = createApplier({ client: missing, fieldManager: 'us', now: () => (looks += 1) });
  const make = (name: string) => busy.ensure(things, { metadata: { name, namespace: 'n' }, spec: {} });
  for (let index = 0; index < 1_000; index += 1) await make(`t${index}`);
  looks = 0;
  await make('one-more');
  expect(looks).toBeLessThan(10);
});
