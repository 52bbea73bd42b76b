import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '@legendops/kit/testing/eventually';
import { configMaps, cronJobs, secrets } from '@legendops/tenant-operator/owned/resources';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

const registries = { 'registry.example': { auth: 'b2Y6dGhlIHBsYXRmb3Jt' } };

/** What stands in the operator's namespace and a tenant's pods need in theirs. */
export const copyCases = (world: () => World, t: InWorld): void => {
  describe('what jobs’ images are fetched with, and whom their TLS believes', () => {
    const at = (name: string) => ({ name, namespace: 'tenant-copies' });
    const pullSecret = async () => {
      const found = await world().kube.read(secrets, at('images'));
      const text = Buffer.from(found?.data?.['.dockerconfigjson'] ?? '', 'base64').toString();
      return found && { type: found.type, text };
    };

    beforeAll(async () => {
      const [pull, trust] = [join(world().directory, 'pull'), join(world().directory, 'trust')];
      await Promise.all([mkdir(pull), mkdir(trust)]);
      await writeFile(join(pull, 'registry.json'), JSON.stringify({ auths: registries }));
      await writeFile(join(trust, 'own.pem'), 'AUTHORITY');
      await world().restartOperator({ more: { JOB_PULL_SECRETS_PATH: pull, JOB_TRUST_PATH: trust } });
      await t.apply('copies', {});
      await t.ready('copies');
    });
    afterAll(async () => {
      await t.removeAll();
      await world().restartOperator();
    });

    test('is copied into the tenant’s namespace, and its jobs are told of it', async () => {
      expect(await pullSecret()).toEqual({
        type: 'kubernetes.io/dockerconfigjson',
        text: JSON.stringify({ auths: registries }),
      });
      expect((await world().kube.read(configMaps, at('trust')))?.data).toEqual({ 'own.pem': 'AUTHORITY' });
      const said = JSON.stringify((await world().kube.read(cronJobs, at('usage-sync')))?.spec);
      expect(said).toContain('"imagePullSecrets":[{"name":"images"}]');
      expect(said).toContain('"name":"SSL_CERT_DIR"');
      expect(said).toMatch(/"configMap":\{[^}]*"name":"trust"/);
    });

    test('is set right where somebody changed it, and then left alone', async () => {
      const { kube } = world();
      await kube.mergePatch(configMaps, at('trust'), { data: { 'own.pem': 'ANOTHER', 'more.pem': 'EVIL' } });
      const data = Buffer.from('{"auths":{}}').toString('base64');
      await kube.mergePatch(secrets, at('images'), { data: { '.dockerconfigjson': data } });
      await eventually('both are as they were', async () => {
        const trust = (await kube.read(configMaps, at('trust')))?.data;
        return (
          JSON.stringify(trust) === '{"own.pem":"AUTHORITY"}' && (await pullSecret())?.text.includes('registry.example')
        );
      });
      await world().operator().rest();
      const before = world().operator().writes.all.length;
      const passes = world().operator().passesOf('copies');
      await eventually('it has looked again', async () => world().operator().passesOf('copies') > passes + 1);
      const since = world().operator().writes.all.slice(before);
      expect(since.filter((write) => write.startsWith('kube'))).toEqual([]);
    });

    test('goes where the operator is told of it no more: an authority that is believed no longer, a pull secret of the jobs', async () => {
      const trust = join(world().directory, 'trust');
      await writeFile(join(trust, 'next.pem'), 'NEXT');
      const jobsFetchWith = async () =>
        JSON.stringify((await world().kube.read(cronJobs, at('usage-sync')))?.spec).includes('imagePullSecrets');
      const believed = async () =>
        Object.keys((await world().kube.read(configMaps, at('trust')))?.data ?? {})
          .sort()
          .join();
      await world().restartOperator({ more: { JOB_TRUST_PATH: trust } });
      await eventually('both are believed', async () => (await believed()) === 'next.pem,own.pem');
      await eventually('jobs are fetched without a pull secret', async () => !(await jobsFetchWith()));
      await rm(join(trust, 'own.pem'));
      await world().restartOperator({ more: { JOB_TRUST_PATH: trust } });
      await eventually('the old one is not', async () => (await believed()) === 'next.pem');
    });
  });
};
