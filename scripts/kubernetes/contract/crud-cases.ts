import { expect, it } from 'vitest';
import { eventually } from '@legendops/kit/testing/eventually';
import type { Cluster } from '../testing/cluster.ts';
import {
  aConfigMap,
  asTable,
  aTenant,
  causesOf,
  configMapsPath,
  mergePatch,
  secretsPath,
  tenantsPath,
} from './paths.ts';

export const crudCases = (cluster: () => Cluster): void => {
  const call = (...[request]: Parameters<Cluster['request']>) => cluster().request(request);

  it('creates an object with a uid, a version, a time and generation 1', async () => {
    const { status, body } = await call({ method: 'POST', path: tenantsPath, body: aTenant('crud-new') });
    expect(status).toBe(201);
    expect(body.metadata).toMatchObject({ name: 'crud-new', generation: 1 });
    expect(body.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(body.metadata.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Number(body.metadata.resourceVersion)).toBeGreaterThan(0);
  });

  it('refuses a second object of the same name', async () => {
    const { status, body } = await call({ method: 'POST', path: tenantsPath, body: aTenant('crud-new') });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      reason: 'AlreadyExists',
      message: 'tenants.platform.legendops.io "crud-new" already exists',
    });
  });

  it('makes a name from generateName', async () => {
    const { body } = await call({
      method: 'POST',
      path: configMapsPath(),
      body: { metadata: { generateName: 'made-' } },
    });
    expect(body.metadata.name).toMatch(/^made-[a-z0-9]{5}$/);
    expect(body.metadata.generateName).toBe('made-');
  });

  it('answers for what is not there', async () => {
    const { status, body } = await call({ path: `${tenantsPath}/nobody` });
    expect(status).toBe(404);
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Failure',
      reason: 'NotFound',
      message: 'tenants.platform.legendops.io "nobody" not found',
      details: { name: 'nobody', group: 'platform.legendops.io', kind: 'tenants' },
      code: 404,
    });
  });

  it('does not know paths of groups that are not served', async () => {
    expect((await call({ path: '/apis/none.example/v1/things' })).status).toBe(404);
  });

  it.each([
    ['Bad_Name', 'metadata.name'],
    ['-x', 'metadata.name'],
  ])('refuses the name %s', async (name, field) => {
    const { status, body } = await call({ method: 'POST', path: configMapsPath(), body: aConfigMap(name) });
    expect(status).toBe(422);
    expect(causesOf(body)).toEqual([`FieldValueInvalid ${field}`]);
  });

  it('refuses a namespace name with a dot', async () => {
    const { body } = await call({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: 'a.b' } } });
    expect(causesOf(body)).toEqual(['FieldValueInvalid metadata.name']);
    expect(body.message).toContain('must not contain dots');
  });

  it('refuses an object for another namespace than that of the URL', async () => {
    const { status, body } = await call({
      method: 'POST',
      path: configMapsPath(),
      body: aConfigMap('x', {}, { namespace: 'other' }),
    });
    expect(status).toBe(400);
    expect(body.message).toBe('the namespace of the provided object does not match the namespace sent on the request');
  });

  it('refuses objects in a namespace that is not there', async () => {
    const { status, body } = await call({ method: 'POST', path: configMapsPath('nowhere'), body: aConfigMap('x') });
    expect(status).toBe(404);
    expect(body.message).toBe('namespaces "nowhere" not found');
  });

  it('tries without doing', async () => {
    const { status, body } = await call({
      method: 'POST',
      path: `${configMapsPath()}?dryRun=All`,
      body: aConfigMap('crud-dry'),
    });
    expect(status).toBe(201);
    expect(body.metadata.uid).toBeDefined();
    expect((await call({ path: `${configMapsPath()}/crud-dry` })).status).toBe(404);
  });

  it('refuses a deletion whose uid does not fit', async () => {
    const { status, body } = await call({
      method: 'DELETE',
      path: `${tenantsPath}/crud-new`,
      body: { preconditions: { uid: 'other' } },
    });
    expect(status).toBe(409);
    expect(body.message).toContain('the UID in the precondition (other) does not match the UID in record');
  });

  it('answers a deletion with a Status that names the object', async () => {
    await call({ method: 'POST', path: tenantsPath, body: aTenant('crud-gone') });
    const { status, body } = await call({ method: 'DELETE', path: `${tenantsPath}/crud-gone` });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'crud-gone', group: 'platform.legendops.io', kind: 'tenants' },
    });
    expect((await call({ path: `${tenantsPath}/crud-gone` })).status).toBe(404);
  });

  it('folds stringData into data', async () => {
    const { body } = await call({
      method: 'POST',
      path: secretsPath,
      body: { metadata: { name: 'crud-secret' }, data: { a: 'YQ==' }, stringData: { b: 'b' } },
    });
    expect(body).toMatchObject({ type: 'Opaque', data: { a: 'YQ==', b: 'Yg==' } });
    expect(body.stringData).toBeUndefined();
  });

  it('refuses values of the wrong type in built-in kinds', async () => {
    const { status, body } = await call({
      method: 'POST',
      path: configMapsPath(),
      body: aConfigMap('crud-type', { a: 1 }),
    });
    expect(status).toBe(400);
    expect(body.message).toContain('cannot unmarshal number into Go struct field ConfigMap.data of type string');
  });

  it('refuses methods that a resource does not have', async () => {
    const { status, body } = await call({
      method: 'POST',
      path: `${configMapsPath()}/crud-json`,
      body: aConfigMap('crud-json'),
    });
    expect(status).toBe(405);
    expect(body.reason).toBe('MethodNotAllowed');
  });

  it('shows the columns of a custom kind as a table', async () => {
    const path = `${tenantsPath}/crud-table`;
    await call({ method: 'POST', path: tenantsPath, body: aTenant('crud-table') });
    const condition = {
      type: 'Ready',
      status: 'True',
      reason: 'Fine',
      message: '',
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    await call({
      method: 'PATCH',
      path: `${path}/status`,
      body: { status: { conditions: [condition] } },
      contentType: mergePatch,
    });
    const { body } = await call({ path, accept: asTable });
    expect(body.kind).toBe('Table');
    const names = body.columnDefinitions.map(
      ({ name, priority }: { name: string; priority: number }) => `${name} ${priority}`,
    );
    expect(names).toEqual([
      'Name 0',
      'Display Name 0',
      'State 0',
      'Ready 0',
      'Reason 0',
      'Jobs 0',
      'Integrations 0',
      'Namespace 1',
      'Slot 1',
      'Tenant Id 1',
      'Age 0',
    ]);
    expect(body.rows[0].cells.slice(0, 8)).toEqual([
      'crud-table',
      'Northwind IT',
      'Active',
      'True',
      'Fine',
      null,
      null,
      null,
    ]);
    expect(body.rows[0].object.kind).toBe('PartialObjectMetadata');
  });

  it('removes all objects of a selection', async () => {
    for (const name of ['crud-all-a', 'crud-all-b'])
      await call({ method: 'POST', path: configMapsPath(), body: aConfigMap(name, {}, { labels: { all: 'yes' } }) });
    const { status } = await call({ method: 'DELETE', path: `${configMapsPath()}?labelSelector=all%3Dyes` });
    expect(status).toBe(200);
    await eventually(
      'all are gone',
      async () => (await call({ path: `${configMapsPath()}?labelSelector=all%3Dyes` })).body.items.length === 0,
    );
  });
};
