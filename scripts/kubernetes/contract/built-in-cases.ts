import { expect, it } from 'vitest';
import { eventually } from '@legendops/kit/testing/eventually';
import { named, policiesPath, policy, quota, quotasPath, refusals, unreadable } from './built-in-refusals.ts';
import type { Body, Cluster } from '../testing/cluster.ts';
import { asTable, aCronJob, configMapsPath, cronJobsPath, messagesOf } from './paths.ts';

const rolesPath = '/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles';

/** What built-in kinds keep, refuse and tell. */
export const builtInCases = (cluster: () => Cluster): void => {
  const call = (...[request]: Parameters<Cluster['request']>) => cluster().request(request);
  const dryRun = (path: string, body: object) => call({ method: 'POST', path: `${path}?dryRun=All`, body });

  it.each(refusals)('refuses %s', async (_, path, object, messages) => {
    const { status, body } = await dryRun(path, object);
    expect(status).toBe(422);
    expect(messagesOf(body)).toEqual([...messages].sort());
  });

  it.each(unreadable)('cannot read %s', async (_, path, object, message) => {
    const { status, body } = await dryRun(path, object);
    expect([status, body.reason]).toEqual([400, 'BadRequest']);
    expect(body.message).toContain(message);
  });

  it('stores neither empty lists nor empty maps, and structs as they are', async () => {
    const netpol = await dryRun(policiesPath, policy({ ingress: [], policyTypes: ['Ingress', 'Egress'] }));
    expect(netpol.body.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect((await dryRun(configMapsPath(), named({ data: {} }))).body).not.toHaveProperty('data');
    expect((await dryRun(rolesPath, named({ rules: [] }))).body.rules).toBe(null);
    const pod = { restartPolicy: 'Never', tolerations: [], volumes: [{ name: 'e', emptyDir: {} }] };
    const container = { name: 'a', image: 'x', env: [], args: [] };
    const template = { spec: { ...pod, containers: [container] } };
    const { body } = await dryRun(cronJobsPath, aCronJob('refused', { jobTemplate: { spec: { template } } }));
    const kept = body.spec.jobTemplate.spec.template.spec;
    expect(Object.keys(kept)).not.toContain('tolerations');
    expect(kept.volumes).toEqual([{ name: 'e', emptyDir: {} }]);
    expect(kept.containers[0]).not.toHaveProperty('env');
  });

  it('writes quantities as it does everywhere', async () => {
    const hard = { 'limits.cpu': '0.5', 'limits.memory': '2G', 'requests.memory': '1048576Ki', pods: 10 };
    expect((await dryRun(quotasPath, quota(hard))).body.spec.hard).toEqual({
      'limits.cpu': '500m',
      'limits.memory': '2G',
      'requests.memory': '1Gi',
      pods: '10',
    });
  });

  it('says in the status of a quota what is used of it', async () => {
    const namespace = 'built-in-quota';
    await call({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: namespace } } });
    const inside = (plural: string): string => `/api/v1/namespaces/${namespace}/${plural}`;
    const hard = { pods: '3', 'requests.cpu': '2', 'count/secrets': '9', secrets: '5' };
    await call({ method: 'POST', path: inside('resourcequotas'), body: { metadata: { name: 'q' }, spec: { hard } } });
    const used = async (): Promise<Body> => (await call({ path: inside('resourcequotas/q') })).body.status?.used ?? {};
    await eventually('nothing is used', async () => (await used()).pods === '0');
    expect((await call({ path: inside('resourcequotas/q') })).body.status.hard).toEqual(hard);
    await call({ method: 'POST', path: inside('secrets'), body: { metadata: { name: 's' } } });
    await eventually('a Secret is counted', async () => (await used()).secrets === '1');
    expect(await used()).toEqual({ pods: '0', 'requests.cpu': '0', 'count/secrets': '1', secrets: '1' });
  });

  it.each(['default', 'kube-system', 'kube-public'])('keeps the namespace %s', async (name) => {
    const { status, body } = await call({ method: 'DELETE', path: `/api/v1/namespaces/${name}` });
    expect([status, body.message]).toEqual([
      403,
      `namespaces "${name}" is forbidden: this namespace may not be deleted`,
    ]);
  });

  it('shows whether a CronJob is suspended as kubectl prints it', async () => {
    for (const suspend of [true, false])
      await call({ method: 'POST', path: cronJobsPath, body: aCronJob(`table-${suspend}`, { suspend }) });
    const { body } = await call({ path: cronJobsPath, accept: asTable });
    const at = body.columnDefinitions.findIndex(({ name }: Body) => name === 'Suspend');
    const shown = new Map(body.rows.map(({ object, cells }: Body) => [object.metadata.name, cells[at]]));
    expect([shown.get('table-true'), shown.get('table-false')]).toEqual(['True', 'False']);
  });

  it('describes its kinds to older clients', async () => {
    const { body } = await call({ path: '/openapi/v2' });
    expect(body.swagger).toBe('2.0');
    const kinds = Object.values(body.definitions as Record<string, Body>).flatMap(
      (definition) => definition['x-kubernetes-group-version-kind'] ?? [],
    );
    expect(kinds).toContainEqual({ group: 'batch', version: 'v1', kind: 'CronJob' });
    expect(JSON.stringify(body.definitions)).not.toContain('#/components/');
  });
};
