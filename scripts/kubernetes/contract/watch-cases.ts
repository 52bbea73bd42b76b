import { expect, it } from 'vitest';
import type { Body, Cluster } from '../testing/cluster.ts';
import { aConfigMap, causesOf, configMapsPath, mergePatch, tenantsPath } from './paths.ts';

const typesOf = (events: readonly Body[]): string[] =>
  events.filter(({ type }) => type !== 'BOOKMARK').map(({ type, object }) => `${type} ${object.metadata.name}`);

export const watchCases = (cluster: () => Cluster): void => {
  const call = (...[request]: Parameters<Cluster['request']>) => cluster().request(request);
  const path = configMapsPath('watching');
  const create = async (name: string, labels: object = {}): Promise<Body> =>
    (await call({ method: 'POST', path, body: aConfigMap(name, {}, { labels }) })).body;
  const versionNow = async (): Promise<string> => (await call({ path })).body.metadata.resourceVersion;

  it('lists before it watches', async () => {
    await call({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: 'watching' } } });
    await create('a');
    const events = await cluster().watch(
      `${path}?watch=true&fieldSelector=metadata.name%3Da&timeoutSeconds=5`,
      ({ length }) => length >= 1,
    );
    expect(typesOf(events)).toEqual(['ADDED a']);
  });

  it('goes on where a list ended', async () => {
    const version = await versionNow();
    await create('b');
    await call({ method: 'PATCH', path: `${path}/b`, body: { data: { x: 'y' } }, contentType: mergePatch });
    await call({ method: 'DELETE', path: `${path}/b` });
    const events = await cluster().watch(
      `${path}?watch=true&resourceVersion=${version}&timeoutSeconds=5`,
      (seen) => typesOf(seen).length >= 3,
    );
    expect(typesOf(events)).toEqual(['ADDED b', 'MODIFIED b', 'DELETED b']);
    const [added, modified, deleted] = events.map(({ object }) => Number(object.metadata.resourceVersion));
    expect(modified).toBeGreaterThan(added ?? 0);
    expect(deleted).toBeGreaterThan(modified ?? 0);
  });

  it('shows objects that come into a selection as added and those that leave it as deleted', async () => {
    const version = await versionNow();
    await create('c');
    const label = (value: string | null) =>
      call({
        method: 'PATCH',
        path: `${path}/c`,
        body: { metadata: { labels: { seen: value } } },
        contentType: mergePatch,
      });
    await label('yes');
    await label(null);
    const events = await cluster().watch(
      `${path}?watch=true&labelSelector=seen%3Dyes&resourceVersion=${version}&timeoutSeconds=5`,
      (seen) => typesOf(seen).length >= 2,
    );
    expect(typesOf(events)).toEqual(['ADDED c', 'DELETED c']);
  });

  it('ends in time, and before that says how far it has come over changes elsewhere', async () => {
    const version = await versionNow();
    const query = `watch=true&allowWatchBookmarks=true&resourceVersion=${version}&timeoutSeconds=6`;
    const change = () => call({ method: 'POST', path: configMapsPath(), body: aConfigMap('elsewhere') });
    const events = await cluster().watch(`${path}?${query}`, () => false, change);
    expect(typesOf(events)).toEqual([]);
    const last = events.at(-1);
    expect(last).toMatchObject({ type: 'BOOKMARK', object: { kind: 'ConfigMap' } });
    expect(Number(last.object.metadata.resourceVersion)).toBeGreaterThan(Number(version));
  });

  it('marks the end of the initial events', async () => {
    const query =
      'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=5';
    const isOver = (events: Body[]) => events.some(({ type }) => type === 'BOOKMARK');
    const events = await cluster().watch(`${path}?${query}`, isOver);
    expect(typesOf(events)).toContain('ADDED a');
    expect(events.at(-1).object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
  });

  it('streams tables', async () => {
    const { body } = await call({ path, accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
    expect(body.columnDefinitions.map(({ name }: Body) => name)).toEqual(['Name', 'Data', 'Age']);
  });

  it('pages through a list', async () => {
    for (const name of ['p1', 'p2', 'p3', 'p4', 'p5']) await create(name, { paged: 'yes' });
    const names: string[] = [];
    let next = '';
    let pages = 0;
    do {
      const { body } = await call({ path: `${path}?limit=2&labelSelector=paged&continue=${encodeURIComponent(next)}` });
      names.push(...body.items.map((item: Body) => item.metadata.name));
      next = body.metadata.continue ?? '';
      pages += 1;
    } while (next !== '');
    expect(names).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
    expect(pages).toBe(3);
  });

  it('says how many remain', async () => {
    const { body } = await call({ path: `${path}?limit=2` });
    const all = (await call({ path })).body.items.length;
    expect(body.items.length + body.metadata.remainingItemCount).toBe(all);
  });

  it.each([
    ['paged=yes', 5],
    ['paged==yes,!other', 5],
    ['paged!=yes', undefined],
    ['paged in (yes,no)', 5],
    ['paged notin (yes)', undefined],
    ['!paged', undefined],
  ])('selects by labels: %s', async (selector, count) => {
    const { body } = await call({ path: `${path}?labelSelector=${encodeURIComponent(selector)}` });
    const paged = body.items.filter((item: Body) => item.metadata.labels?.paged === 'yes').length;
    expect([count === undefined ? undefined : body.items.length, paged]).toEqual([count, count ?? 0]);
  });

  it('lists metadata alone, and null where there is none', async () => {
    const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
    const some = await call({ path: `${path}?labelSelector=paged%3Dyes`, accept });
    expect(some.body.items[0]).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'p1' } });
    expect(some.body.items[0]).not.toHaveProperty('data');
    expect((await call({ path: `${path}?labelSelector=paged%3Dnever`, accept })).body.items).toBeNull();
  });

  it('selects by fields, and refuses those that it does not know', async () => {
    const { body } = await call({
      path: '/api/v1/configmaps?fieldSelector=metadata.name%3Dp1,metadata.namespace%3Dwatching',
    });
    expect(body.items.length).toBe(1);
    const unknown = await call({ path: `${path}?fieldSelector=data.x%3Dy` });
    expect(unknown.status).toBe(400);
    expect(unknown.body.message).toContain('data.x');
    expect(causesOf(unknown.body)).toEqual([]);
  });

  it('serves an Event of events.k8s.io in the core group too, with the names that fields have there', async () => {
    const regarding = { apiVersion: 'v1', kind: 'ConfigMap', name: 'p1', namespace: 'watching', uid: 'u-1' };
    const event = {
      metadata: { name: 'p1.happened', namespace: 'watching' },
      eventTime: '2026-01-01T00:00:00.000001Z',
      reportingController: 'example.com/tests',
      reportingInstance: 'tests-1',
      action: 'Look',
      reason: 'Seen',
      type: 'Normal',
      note: 'it was looked at',
      regarding,
    };
    const created = await call({
      method: 'POST',
      path: '/apis/events.k8s.io/v1/namespaces/watching/events',
      body: event,
    });
    expect([created.status, created.body.note]).toEqual([201, 'it was looked at']);
    const { body } = await call({
      path: '/api/v1/namespaces/watching/events?fieldSelector=involvedObject.uid%3Du-1,reason%3DSeen',
    });
    expect(body.items).toMatchObject([
      { message: 'it was looked at', involvedObject: regarding, reportingComponent: 'example.com/tests' },
    ]);
    await call({
      method: 'PATCH',
      path: '/apis/events.k8s.io/v1/namespaces/watching/events/p1.happened',
      body: { series: { count: 2, lastObservedTime: '2026-01-01T00:01:00.000000Z' } },
      contentType: mergePatch,
    });
    const again = await call({ path: '/api/v1/namespaces/watching/events/p1.happened' });
    expect(again.body.series).toMatchObject({ count: 2 });
  });

  it('says that versions are gone when they are', async () => {
    await cluster().compact();
    const events = await cluster().watch(
      `${tenantsPath}?watch=true&resourceVersion=1&timeoutSeconds=5`,
      ({ length }) => length >= 1,
    );
    expect(events[0]).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } });
  });
};
