import { expect, it } from 'vitest';
import type { Body, Cluster } from '../testing/cluster.ts';
import {
  aConfigMap,
  applyPatch,
  aTenant,
  causesOf,
  configMapsPath,
  fieldsOf,
  mergePatch,
  messagesOf,
  ownersOf,
  tenantsPath,
} from './paths.ts';

export const applyCases = (cluster: () => Cluster): void => {
  const call = (...[request]: Parameters<Cluster['request']>) => cluster().request(request);

  const apply = (body: Body, manager: string, { force = false, subresource = '' } = {}) =>
    call({
      method: 'PATCH',
      path: `${tenantsPath}/${body.metadata.name}${subresource}?fieldManager=${manager}&force=${force}`,
      body,
      contentType: applyPatch,
    });
  const admin = (email: string, name: string) => ({ email, name });

  it('creates what is not there and owns what was applied, no more', async () => {
    const tenant = aTenant(
      'apply-new',
      { admins: [admin('a@b', 'A')] },
      { labels: { a: '1' }, finalizers: ['example.com/x'] },
    );
    const { status, body } = await apply(tenant, 'one');
    expect(status).toBe(201);
    expect(ownersOf(body)).toEqual(['one Apply']);
    expect(fieldsOf(body, 'one')).toEqual({
      'f:metadata': { 'f:finalizers': { 'v:"example.com/x"': {} }, 'f:labels': { 'f:a': {} } },
      'f:spec': {
        'f:admins': { 'k:{"email":"a@b"}': { '.': {}, 'f:email': {}, 'f:name': {} } },
        'f:billing': { 'f:currency': {} },
        'f:displayName': {},
      },
    });
    await call({
      method: 'PATCH',
      path: `${tenantsPath}/apply-new`,
      body: { metadata: { finalizers: null } },
      contentType: mergePatch,
    });
  });

  it('refuses a null that has no default, which a write of the whole drops', async () => {
    const billing = { currency: 'USD', psaSync: { schedule: null } };
    const { status, body } = await apply(aTenant('apply-null', { billing }), 'one');
    expect([status, messagesOf(body)[1]]).toEqual([
      422,
      'spec.billing.psaSync.schedule: Invalid value: "null": spec.billing.psaSync.schedule in body must be of type string: "null"',
    ]);
  });

  it('writes nothing when the same is applied again', async () => {
    await apply(aTenant('apply-same'), 'one');
    // The default of a status is stored with the first write after the one that made the object.
    const { body: first } = await apply(aTenant('apply-same'), 'one');
    const { status, body: second } = await apply(aTenant('apply-same'), 'one');
    expect(status).toBe(200);
    expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
  });

  it('refuses to change what another manager owns, and names each field', async () => {
    await apply(aTenant('apply-conflict', { admins: [admin('a@b', 'A')] }, { labels: { a: '1' } }), 'one');
    const { status, body } = await apply(
      aTenant('apply-conflict', { displayName: 'Other', admins: [admin('a@b', 'B')] }, { labels: { a: '2' } }),
      'two',
    );
    expect(status).toBe(409);
    expect(body).toMatchObject({
      reason: 'Conflict',
      message: expect.stringContaining('Apply failed with 3 conflicts: conflicts with "one"'),
    });
    expect(causesOf(body)).toEqual([
      'FieldManagerConflict .metadata.labels.a',
      'FieldManagerConflict .spec.admins[email="a@b"].name',
      'FieldManagerConflict .spec.displayName',
    ]);
    expect(body.details.causes[0].message).toBe('conflict with "one"');
  });

  it('names the one conflict in one line', async () => {
    const { body } = await apply(aTenant('apply-conflict', { displayName: 'Other' }), 'two');
    expect(body.message).toBe('Apply failed with 1 conflict: conflict with "one": .spec.displayName');
  });

  it('takes fields over by force', async () => {
    const { status, body } = await apply(aTenant('apply-conflict', { displayName: 'Other' }), 'two', { force: true });
    expect(status).toBe(200);
    expect(body.spec.displayName).toBe('Other');
    expect(fieldsOf(body, 'one')['f:spec']['f:displayName']).toBeUndefined();
    expect(fieldsOf(body, 'two')['f:spec']['f:displayName']).toEqual({});
  });

  it('lets two managers own the same value', async () => {
    await apply(aTenant('apply-shared'), 'one');
    const { status, body } = await apply(aTenant('apply-shared'), 'two');
    expect(status).toBe(200);
    expect(ownersOf(body).sort()).toEqual(['one Apply', 'two Apply']);
  });

  it('removes what its manager no longer applies', async () => {
    await apply(
      aTenant(
        'apply-removal',
        { limits: { customers: 7 }, admins: [admin('a@b', 'A'), admin('c@d', 'C')] },
        { labels: { a: '1', b: '2' } },
      ),
      'one',
    );
    const { body } = await apply(
      aTenant('apply-removal', { admins: [admin('c@d', 'C')] }, { labels: { b: '2' } }),
      'one',
    );
    expect(body.metadata.labels).toEqual({ b: '2' });
    expect(body.spec.admins).toEqual([admin('c@d', 'C')]);
    expect(body.spec.limits.customers).toBe(500);
  });

  it('keeps what another manager applies as well', async () => {
    await apply(aTenant('apply-kept', {}, { labels: { a: '1' } }), 'one');
    await apply(aTenant('apply-kept', {}, { labels: { a: '1' } }), 'two');
    const { body } = await apply(aTenant('apply-kept'), 'one');
    expect(body.metadata.labels).toEqual({ a: '1' });
  });

  it('merges lists by their keys, and sets by their values', async () => {
    const [first, second] = ['11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222'];
    await apply(aTenant('apply-lists', { admins: [admin('a@b', 'A')], directories: [first] }), 'one');
    const { body } = await apply(aTenant('apply-lists', { admins: [admin('c@d', 'C')], directories: [second] }), 'two');
    expect(body.spec.admins).toEqual([admin('a@b', 'A'), admin('c@d', 'C')]);
    expect(body.spec.directories).toEqual([first, second]);
  });

  it('gives the fields of an ordinary write to its writer', async () => {
    await apply(aTenant('apply-update'), 'one');
    const path = `${tenantsPath}/apply-update?fieldManager=three`;
    const { body } = await call({
      method: 'PATCH',
      path,
      body: { spec: { displayName: 'Third' } },
      contentType: mergePatch,
    });
    expect(ownersOf(body)).toEqual(['one Apply', 'three Update']);
    expect(fieldsOf(body, 'three')).toEqual({ 'f:spec': { 'f:displayName': {} } });
    expect(fieldsOf(body, 'one')['f:spec']).toEqual({ 'f:billing': { 'f:currency': {} } });
    const refused = await apply(aTenant('apply-update'), 'one');
    expect(refused.status).toBe(409);
    expect(refused.body.details.causes[0].message).toMatch(
      /^conflict with "three" using platform\.legendops\.io\/v1alpha1/,
    );
  });

  it('owns the status apart from the object', async () => {
    await apply(aTenant('apply-status'), 'one');
    const condition = {
      type: 'Ready',
      status: 'True',
      reason: 'Fine',
      message: '',
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    const status = { tenantId: 't', observedGeneration: 1, conditions: [condition] };
    const { spec: _, ...bare } = aTenant('apply-status');
    const { body } = await apply({ ...bare, status }, 'one', { subresource: '/status' });
    expect(body.status).toEqual(status);
    expect(ownersOf(body)).toEqual(['one Apply', 'one Apply status']);
    const again = await apply({ ...bare, status }, 'one', { subresource: '/status' });
    expect(again.body.metadata.resourceVersion).toBe(body.metadata.resourceVersion);
    const rest = { observedGeneration: 1, conditions: [condition] };
    const less = await apply({ ...bare, status: rest }, 'one', { subresource: '/status' });
    expect(less.body.status).toEqual(rest);
  });

  it('has no place for fields that the schema does not declare', async () => {
    const { status, body } = await apply(aTenant('apply-undeclared', { color: 'red' }), 'one');
    expect(status).toBe(500);
    expect(body.message).toContain('.spec.color: field not declared in schema');
  });

  it('wants the name of the manager', async () => {
    const { status, body } = await call({
      method: 'PATCH',
      path: `${tenantsPath}/apply-new`,
      body: aTenant('apply-new'),
      contentType: applyPatch,
    });
    expect(status).toBe(422);
    expect(causesOf(body)).toEqual(['FieldValueRequired fieldManager']);
  });

  it('refuses to apply to an object of another uid', async () => {
    const other = { ...aTenant('apply-same'), metadata: { name: 'apply-same', uid: 'other' } };
    const { status, body } = await apply(other, 'one');
    expect(status).toBe(422);
    expect(new Set(causesOf(body))).toEqual(new Set(['FieldValueInvalid metadata.uid']));
  });

  it('owns containers, their variables and ports by key in built-in kinds', async () => {
    const job = (env: object[]) => ({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'apply-cron' },
      spec: {
        schedule: '0 0 1 1 *',
        jobTemplate: {
          spec: {
            template: {
              spec: { restartPolicy: 'Never', containers: [{ name: 'job', image: 'example.invalid/a:1', env }] },
            },
          },
        },
      },
    });
    const path = '/apis/batch/v1/namespaces/default/cronjobs/apply-cron';
    const send = (env: object[], manager: string) =>
      call({ method: 'PATCH', path: `${path}?fieldManager=${manager}`, body: job(env), contentType: applyPatch });
    await send([{ name: 'A', value: '1' }], 'one');
    const { body } = await send([{ name: 'B', value: '2' }], 'two');
    const container = body.spec.jobTemplate.spec.template.spec.containers[0];
    expect(container.env).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ]);
    const gone = await send([], 'one');
    expect(gone.body.spec.jobTemplate.spec.template.spec.containers[0].env).toEqual([{ name: 'B', value: '2' }]);
    const owned = fieldsOf(gone.body, 'two')['f:spec']['f:jobTemplate']['f:spec']['f:template']['f:spec'][
      'f:containers'
    ];
    expect(owned['k:{"name":"job"}']['f:env']).toEqual({ 'k:{"name":"B"}': { '.': {}, 'f:name': {}, 'f:value': {} } });
  });

  it('takes ownership back when asked to', async () => {
    await apply(aTenant('apply-reset'), 'one');
    const path = `${tenantsPath}/apply-reset`;
    const { body } = await call({
      method: 'PATCH',
      path,
      body: { metadata: { managedFields: [{}] } },
      contentType: mergePatch,
    });
    expect(body.metadata.managedFields ?? []).toEqual([]);
  });

  it('tells maps of built-in kinds apart by key', async () => {
    const path = `${configMapsPath()}/apply-map`;
    const send = (data: object, manager: string) =>
      call({
        method: 'PATCH',
        path: `${path}?fieldManager=${manager}`,
        body: aConfigMap('apply-map', data),
        contentType: applyPatch,
      });
    await send({ a: '1' }, 'one');
    await send({ b: '2' }, 'two');
    const { body } = await send({ c: '3' }, 'one');
    expect(body.data).toEqual({ b: '2', c: '3' });
  });
};
