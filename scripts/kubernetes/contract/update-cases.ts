import { expect, it } from 'vitest';
import { type Cluster } from '../testing/cluster.ts';
import {
  aConfigMap,
  aCronJob,
  aTenant,
  causesOf,
  configMapsPath,
  cronJobsPath,
  jsonPatch,
  mergePatch,
  secretsPath,
  strategicPatch,
  tenantsPath,
} from './paths.ts';

export const updateCases = (cluster: () => Cluster): void => {
  const call = (...[request]: Parameters<Cluster['request']>) => cluster().request(request);

  it('refuses a stale version', async () => {
    const { body: created } = await call({ method: 'POST', path: tenantsPath, body: aTenant('crud-stale') });
    await call({
      method: 'PATCH',
      path: `${tenantsPath}/crud-stale`,
      body: { spec: { displayName: 'B' } },
      contentType: mergePatch,
    });
    const { status, body } = await call({ method: 'PUT', path: `${tenantsPath}/crud-stale`, body: created });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      reason: 'Conflict',
      message: expect.stringContaining(
        'the object has been modified; please apply your changes to the latest version and try again',
      ),
    });
  });

  it('wants a version for the update of a custom object', async () => {
    const { status, body } = await call({ method: 'PUT', path: `${tenantsPath}/crud-new`, body: aTenant('crud-new') });
    expect(status).toBe(422);
    expect(causesOf(body)).toEqual(['FieldValueInvalid metadata.resourceVersion']);
  });

  it('counts generations of the spec alone', async () => {
    const path = `${tenantsPath}/crud-generation`;
    await call({ method: 'POST', path: tenantsPath, body: aTenant('crud-generation') });
    const label = await call({
      method: 'PATCH',
      path,
      body: { metadata: { labels: { a: 'b' } } },
      contentType: mergePatch,
    });
    expect(label.body.metadata.generation).toBe(1);
    const status = await call({
      method: 'PATCH',
      path: `${path}/status`,
      body: { status: { tenantId: 't' } },
      contentType: mergePatch,
    });
    expect(status.body.metadata.generation).toBe(1);
    const spec = await call({ method: 'PATCH', path, body: { spec: { state: 'Suspended' } }, contentType: mergePatch });
    expect(spec.body.metadata.generation).toBe(2);
  });

  it('keeps the status from writes to the object, and the spec from writes to the status', async () => {
    const path = `${tenantsPath}/crud-status`;
    const created = await call({
      method: 'POST',
      path: tenantsPath,
      body: { ...aTenant('crud-status'), status: { tenantId: 'no' } },
    });
    expect(created.body.status?.tenantId).toBeUndefined();
    const both = { spec: { displayName: 'Other' }, status: { tenantId: 'yes' } };
    const onStatus = await call({ method: 'PATCH', path: `${path}/status`, body: both, contentType: mergePatch });
    expect(onStatus.body).toMatchObject({ spec: { displayName: 'Northwind IT' }, status: { tenantId: 'yes' } });
    const onObject = await call({
      method: 'PATCH',
      path,
      body: { spec: { displayName: 'Other' }, status: { tenantId: 'no' } },
      contentType: mergePatch,
    });
    expect(onObject.body).toMatchObject({ spec: { displayName: 'Other' }, status: { tenantId: 'yes' } });
  });

  it('does not write when nothing changed', async () => {
    const path = `${tenantsPath}/crud-new`;
    const body = { spec: { displayName: 'Northwind IT' } };
    const patch = () => call({ method: 'PATCH', path, body, contentType: mergePatch });
    // The default of a status is stored with the first write after the one that made the object.
    const { body: before } = await patch();
    const { body: after } = await patch();
    expect(after.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
  });

  it('patches by JSON patch', async () => {
    await call({ method: 'POST', path: configMapsPath(), body: aConfigMap('crud-json', { a: '1', b: '2' }) });
    const change = [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'replace', path: '/data/a', value: '3' },
      { op: 'remove', path: '/data/b' },
    ];
    const { body } = await call({
      method: 'PATCH',
      path: `${configMapsPath()}/crud-json`,
      body: change,
      contentType: jsonPatch,
    });
    expect(body.data).toEqual({ a: '3' });
    const failed = await call({
      method: 'PATCH',
      path: `${configMapsPath()}/crud-json`,
      body: change,
      contentType: jsonPatch,
    });
    expect(failed.status).toBe(422);
  });

  it('patches lists of built-in kinds by their keys', async () => {
    const created = aCronJob('crud-strategic');
    const pod = created.spec.jobTemplate.spec.template.spec;
    pod.containers = [
      { name: 'a', image: 'example.invalid/a:1' },
      { name: 'b', image: 'example.invalid/b:1' },
    ];
    await call({ method: 'POST', path: cronJobsPath, body: created });
    const patchOf = (spec: object) => ({ spec: { jobTemplate: { spec: { template: { spec } } } } });
    const patch = async (spec: object) => {
      const path = `${cronJobsPath}/crud-strategic`;
      const { body } = await call({ method: 'PATCH', path, body: patchOf(spec), contentType: strategicPatch });
      return body.spec.jobTemplate.spec.template.spec;
    };
    const env = [{ name: 'X', value: 'y' }];
    const merged = await patch({ containers: [{ name: 'b', env }] });
    expect(merged.containers).toMatchObject([{ name: 'a' }, { name: 'b', image: 'example.invalid/b:1', env }]);
    const less = await patch({ containers: [{ name: 'a', $patch: 'delete' }] });
    expect(less.containers).toMatchObject([{ name: 'b', env }]);
    const bare = await patch({ containers: [{ name: 'b', env: [{ $patch: 'replace' }] }] });
    expect(bare.containers[0].env ?? []).toEqual([]);
  });

  it('lets nobody change the containers of a Job', async () => {
    const path = '/apis/batch/v1/namespaces/default/jobs';
    const { spec } = aCronJob('x').spec.jobTemplate;
    await call({ method: 'POST', path, body: { metadata: { name: 'crud-job' }, spec: { ...spec, suspend: true } } });
    const change = { spec: { template: { spec: { containers: [{ name: 'job', args: ['other'] }] } } } };
    const { status, body } = await call({
      method: 'PATCH',
      path: `${path}/crud-job`,
      body: change,
      contentType: strategicPatch,
    });
    expect(status).toBe(422);
    expect(causesOf(body)).toEqual(['FieldValueInvalid spec.template.spec']);
  });

  it('refuses to replace an object of another uid', async () => {
    const { body: live } = await call({ path: `${tenantsPath}/crud-new` });
    const other = { ...live, metadata: { ...live.metadata, uid: 'other' } };
    const { status, body } = await call({ method: 'PUT', path: `${tenantsPath}/crud-new`, body: other });
    expect(status).toBe(409);
    expect(body.message).toContain('Precondition failed: UID in precondition: other, UID in object meta: ');
  });

  it('refuses strategic patches of custom objects', async () => {
    const { status } = await call({
      method: 'PATCH',
      path: `${tenantsPath}/crud-new`,
      body: {},
      contentType: strategicPatch,
    });
    expect(status).toBe(415);
  });

  it('lets nobody change an immutable secret', async () => {
    const path = `${secretsPath}/crud-immutable`;
    await call({
      method: 'POST',
      path: secretsPath,
      body: { metadata: { name: 'crud-immutable' }, immutable: true, data: { a: 'YQ==' } },
    });
    const { status, body } = await call({
      method: 'PATCH',
      path,
      body: { data: { a: 'Yg==' } },
      contentType: mergePatch,
    });
    expect(status).toBe(422);
    expect(causesOf(body)).toEqual(['FieldValueForbidden data']);
    const type = await call({
      method: 'PATCH',
      path: `${secretsPath}/crud-secret`,
      body: { type: 'other' },
      contentType: mergePatch,
    });
    expect(causesOf(type.body)).toEqual(['FieldValueInvalid type']);
  });

  it('refuses bodies in forms that it does not know', async () => {
    const { status, body } = await call({
      method: 'PATCH',
      path: `${tenantsPath}/crud-new`,
      body: {},
      contentType: 'application/json',
    });
    expect(status).toBe(415);
    expect(body.reason).toBe('UnsupportedMediaType');
  });
};
