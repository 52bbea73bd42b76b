import { expect, it } from 'vitest';
import type { Cluster } from '../testing/cluster.ts';
import { configMapsPath } from './paths.ts';

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const account = 'system:serviceaccount:default:reader';

/** Who may do what: roles, bindings, and acting for somebody else. */
export const accessCases = (cluster: () => Cluster): void => {
  const call = (...[request]: Parameters<Cluster['request']>) => cluster().request(request);
  const as = account;

  it('tells somebody without rights what they cannot do, and where', async () => {
    const list = await call({ path: configMapsPath(), as });
    expect([list.status, list.body.message]).toEqual([
      403,
      `configmaps is forbidden: User "${account}" cannot list resource "configmaps" in API group "" in the namespace "default"`,
    ]);
    const get = await call({ path: `${configMapsPath()}/one`, as });
    expect(get.body.message).toBe(
      `configmaps "one" is forbidden: User "${account}" cannot get resource "configmaps" in API group "" in the namespace "default"`,
    );
    const everywhere = await call({ path: '/apis/batch/v1/cronjobs', as });
    expect(everywhere.body.message).toBe(
      `cronjobs.batch is forbidden: User "${account}" cannot list resource "cronjobs" in API group "batch" at the cluster scope`,
    );
  });

  it('lets somebody do what a role in the namespace allows, and no more', async () => {
    const metadata = { name: 'access-reader' };
    const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }];
    const namespace = `${rbac}/namespaces/default`;
    await call({ method: 'POST', path: `${namespace}/roles`, body: { metadata, rules } });
    const subjects = [{ kind: 'ServiceAccount', name: 'reader', namespace: 'default' }];
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'access-reader' };
    await call({ method: 'POST', path: `${namespace}/rolebindings`, body: { metadata, subjects, roleRef } });
    await expect.poll(async () => (await call({ path: configMapsPath(), as })).status, { timeout: 10_000 }).toBe(200);
    expect((await call({ path: configMapsPath('kube-system'), as })).status).toBe(403);
    const created = await call({ method: 'POST', path: configMapsPath(), body: { metadata }, as });
    expect(created.status).toBe(403);
    const review = async (verb: string) => {
      const resourceAttributes = { verb, resource: 'configmaps', namespace: 'default' };
      const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
      const body = {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes },
      };
      return (await call({ method: 'POST', path, body, as })).body.status.allowed;
    };
    expect([await review('list'), await review('delete')]).toEqual([true, false]);
  });

  it('says who somebody acts as', async () => {
    const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
    const { userInfo } = (await call({ method: 'POST', path, body, as })).body.status;
    expect(userInfo).toMatchObject({
      username: account,
      groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
    });
  });
};
