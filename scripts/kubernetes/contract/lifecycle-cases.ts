import { expect, it } from 'vitest';
import { eventually } from '@legendops/kit/testing/eventually';
import type { Body, Cluster } from '../testing/cluster.ts';
import { aConfigMap, aTenant, causesOf, configMapsPath, mergePatch, tenantsPath } from './paths.ts';

export const lifecycleCases = (cluster: () => Cluster): void => {
  const call = (...[request]: Parameters<Cluster['request']>) => cluster().request(request);
  const create = async (path: string, body: Body): Promise<Body> => (await call({ method: 'POST', path, body })).body;
  const isGone = async (path: string): Promise<boolean> => (await call({ path })).status === 404;

  const ownedBy = (owner: Body, more: object = {}) => ({
    ownerReferences: [
      { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.metadata.name, uid: owner.metadata.uid, ...more },
    ],
  });

  it('keeps a deleted object until its finalizers are gone', async () => {
    const path = `${tenantsPath}/life-finalizer`;
    await create(tenantsPath, aTenant('life-finalizer', {}, { finalizers: ['example.com/a'] }));
    const { status, body } = await call({ method: 'DELETE', path });
    expect(status).toBe(200);
    expect(body.metadata).toMatchObject({
      deletionGracePeriodSeconds: 0,
      generation: 2,
      finalizers: ['example.com/a'],
    });
    expect(body.metadata.deletionTimestamp).toBeDefined();
    const added = await call({
      method: 'PATCH',
      path,
      body: { metadata: { finalizers: ['example.com/a', 'example.com/b'] } },
      contentType: mergePatch,
    });
    expect(added.status).toBe(422);
    expect(new Set(causesOf(added.body))).toEqual(new Set(['FieldValueForbidden metadata.finalizers']));
    const changed = await call({
      method: 'PATCH',
      path,
      body: { spec: { displayName: 'Still here' } },
      contentType: mergePatch,
    });
    expect(changed.status).toBe(200);
    await call({ method: 'PATCH', path, body: { metadata: { finalizers: null } }, contentType: mergePatch });
    expect(await isGone(path)).toBe(true);
  });

  it('gives a new uid to an object of the same name', async () => {
    const first = await create(configMapsPath(), aConfigMap('life-again'));
    await call({ method: 'DELETE', path: `${configMapsPath()}/life-again` });
    const second = await create(configMapsPath(), aConfigMap('life-again'));
    expect(second.metadata.uid).not.toBe(first.metadata.uid);
  });

  it('removes what belongs to an object that is gone', async () => {
    const owner = await create(configMapsPath(), aConfigMap('life-owner'));
    await create(configMapsPath(), aConfigMap('life-owned', {}, ownedBy(owner)));
    await call({ method: 'DELETE', path: `${configMapsPath()}/life-owner`, body: { propagationPolicy: 'Background' } });
    await eventually('the owned object is gone', () => isGone(`${configMapsPath()}/life-owned`));
  });

  it('keeps what has another owner still', async () => {
    const [first, second] = [
      await create(configMapsPath(), aConfigMap('life-first')),
      await create(configMapsPath(), aConfigMap('life-second')),
    ];
    const ownerReferences = [...ownedBy(first).ownerReferences, ...ownedBy(second).ownerReferences];
    await create(configMapsPath(), aConfigMap('life-shared', {}, { ownerReferences }));
    const witness = await create(configMapsPath(), aConfigMap('life-witness'));
    await create(configMapsPath(), aConfigMap('life-witnessed', {}, ownedBy(witness)));
    await call({ method: 'DELETE', path: `${configMapsPath()}/life-first` });
    await call({ method: 'DELETE', path: `${configMapsPath()}/life-witness` });
    await eventually('the collector came by', () => isGone(`${configMapsPath()}/life-witnessed`));
    expect(await isGone(`${configMapsPath()}/life-shared`)).toBe(false);
  });

  it('waits in the foreground for what blocks', async () => {
    const owner = await create(configMapsPath(), aConfigMap('life-foreground'));
    const path = `${configMapsPath()}/life-blocking`;
    await create(
      configMapsPath(),
      aConfigMap(
        'life-blocking',
        {},
        { ...ownedBy(owner, { blockOwnerDeletion: true }), finalizers: ['example.com/a'] },
      ),
    );
    const { body } = await call({
      method: 'DELETE',
      path: `${configMapsPath()}/life-foreground`,
      body: { propagationPolicy: 'Foreground' },
    });
    expect(body.metadata.finalizers).toEqual(['foregroundDeletion']);
    await eventually(
      'the dependent is being deleted',
      async () => (await call({ path })).body.metadata.deletionTimestamp !== undefined,
    );
    expect(await isGone(`${configMapsPath()}/life-foreground`)).toBe(false);
    await call({ method: 'PATCH', path, body: { metadata: { finalizers: null } }, contentType: mergePatch });
    await eventually('the owner is gone', () => isGone(`${configMapsPath()}/life-foreground`));
  });

  it('sets dependents free when asked to', async () => {
    const owner = await create(configMapsPath(), aConfigMap('life-orphaning'));
    await create(configMapsPath(), aConfigMap('life-orphan', {}, ownedBy(owner)));
    await call({ method: 'DELETE', path: `${configMapsPath()}/life-orphaning`, body: { propagationPolicy: 'Orphan' } });
    await eventually('the owner is gone', () => isGone(`${configMapsPath()}/life-orphaning`));
    const { body } = await call({ path: `${configMapsPath()}/life-orphan` });
    expect(body.metadata.ownerReferences).toBeUndefined();
  });

  it('makes a namespace with its label, its phase and its service account', async () => {
    const namespace = await create('/api/v1/namespaces', { metadata: { name: 'life-space' } });
    expect(namespace.metadata.labels).toEqual({ 'kubernetes.io/metadata.name': 'life-space' });
    expect(namespace.spec.finalizers).toEqual(['kubernetes']);
    expect(namespace.status.phase).toBe('Active');
    await eventually(
      'the account is there',
      async () => !(await isGone('/api/v1/namespaces/life-space/serviceaccounts/default')),
    );
  });

  it('ends a namespace with its content, and takes nothing in meanwhile', async () => {
    const path = '/api/v1/namespaces/life-ending';
    await create('/api/v1/namespaces', { metadata: { name: 'life-ending' } });
    const content = `${configMapsPath('life-ending')}/held`;
    await create(configMapsPath('life-ending'), aConfigMap('held', {}, { finalizers: ['example.com/a'] }));
    const { body } = await call({ method: 'DELETE', path });
    expect(body.status.phase).toBe('Terminating');
    const late = await call({ method: 'POST', path: configMapsPath('life-ending'), body: aConfigMap('late') });
    expect(late.status).toBe(403);
    expect(late.body.message).toBe(
      'configmaps "late" is forbidden: unable to create new content in namespace life-ending because it is being terminated',
    );
    expect(causesOf(late.body)).toEqual(['NamespaceTerminating metadata.namespace']);
    await eventually(
      'the content is being deleted',
      async () => (await call({ path: content })).body.metadata.deletionTimestamp !== undefined,
    );
    await eventually('the namespace says what it waits for', async () => {
      const { conditions = [] } = (await call({ path })).body.status;
      return conditions.some(({ type, status }: Body) => type === 'NamespaceFinalizersRemaining' && status === 'True');
    });
    await call({ method: 'PATCH', path: content, body: { metadata: { finalizers: null } }, contentType: mergePatch });
    await eventually('the namespace is gone', () => isGone(path));
  });
};
