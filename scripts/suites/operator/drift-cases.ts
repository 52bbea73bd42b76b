import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { fieldManager } from '@legendops/tenant-operator/api/tenant';
import {
  ownedKindNames,
  ownedKinds,
  type OwnedKind,
  type OwnedKindName,
} from '@legendops/tenant-operator/owned/owned-kinds';
import { cronJobs, namespaces, networkPolicies, resourceQuotas } from '@legendops/tenant-operator/owned/resources';
import { connectionLimit, loginSettings } from '@legendops/tenant-operator/postgres/login-differences';
import { loginOf } from '@legendops/tenant-operator/postgres/logins';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';
import { pause } from './waiting.ts';

type Filled = KubeObject & { spec?: unknown; data?: unknown; automountServiceAccountToken?: boolean };

/** An edit that does harm to an object of each kind. */
const harms: Record<OwnedKindName, object> = {
  quotas: { spec: { hard: { pods: '9999', 'requests.cpu': '900' } } },
  limits: { spec: { limits: [{ type: 'Container', default: { memory: '64Gi' } }] } },
  policies: { spec: { policyTypes: ['Ingress'], ingress: [{}], egress: [{}] } },
  accounts: { automountServiceAccountToken: true },
  secrets: { data: { username: Buffer.from('postgres').toString('base64') } },
  cronJobs: { spec: { schedule: '* * * * *', suspend: true } },
};

/** Everything of a tenant's namespace. */
const owned = ownedKindNames.flatMap((kind) => {
  const { resource, names }: OwnedKind = ownedKinds[kind];
  return names.map((name) => [`${resource.kind} ${name}`, resource, name, harms[kind]] as const);
});

const touch = 'platform.legendops.io/tenant';

export const driftCases = (world: () => World, t: InWorld): void => {
  const at = (tenant: string, name: string) => ({ name, namespace: `tenant-${tenant}` });
  /** What an object says of itself, without what the server adds. */
  const said = async (tenant: string, resource: Resource, name: string) => {
    const found = await world().kube.read<Filled>(resource, at(tenant, name));
    const { spec, data, automountServiceAccountToken, metadata } = found ?? { metadata: { name } };
    return found && { spec, data, automountServiceAccountToken, labels: metadata.labels };
  };
  const removed = async (tenant: string, resource: Resource, name: string): Promise<void> => {
    const found = await world().kube.read(resource, at(tenant, name));
    await world().kube.remove(resource, at(tenant, name), { uid: found?.metadata.uid ?? '' });
  };

  /** What the tenant says of somebody who does harm whenever it was set right; by then nothing is set right any more. */
  const opposed = async (tenant: string, harm: () => Promise<boolean>): Promise<string> => {
    let rounds = 0;
    const stop = new AbortController();
    const foe = (async () => {
      while (!stop.signal.aborted) {
        if (await harm()) rounds += 1;
        await pause(20);
      }
    })();
    const { message } = await t.reason(tenant, 'NamespaceReady', 'ContestedObject');
    const atRest = rounds;
    await pause(1_000);
    stop.abort();
    await foe;
    expect(rounds).toBe(atRest);
    expect(rounds).toBeLessThanOrEqual(7);
    return message;
  };

  describe('what somebody changed is set right at once, long before the next full pass', () => {
    beforeAll(async () => {
      await t.removeAll();
      for (const name of ['drift', 'drift-jobs']) await t.apply(name, {});
      for (const name of ['drift', 'drift-jobs']) await t.ready(name);
      await world().restartOperator({ fullPassMs: 3_600_000 });
      await world().operator().rest();
    });
    afterAll(async () => {
      await world().restartOperator();
    });

    test.each(owned)('%s', async (_what, resource, name, edit) => {
      const before = await said('drift', resource, name);
      const isBack = async () => isDeepStrictEqual(await said('drift', resource, name), before);
      await world().kube.mergePatch(resource, at('drift', name), edit);
      await eventually('the edit is undone', isBack);
      await removed('drift', resource, name);
      await eventually('it is back', isBack);
      await world().kube.mergePatch(resource, at('drift', name), { metadata: { labels: { [touch]: 'another' } } });
      await eventually('it says again whose it is', isBack);
      await world().kube.mergePatch(resource, at('drift', name), { metadata: { labels: null } });
      await eventually('it has its labels again', isBack);
    });

    test.each<[string, string, (container: object) => object]>([
      [
        'usage-sync',
        'a container that would see the Secret',
        (job) => ({ containers: [job, { name: 'spy', image: 'evil:1' }] }),
      ],
      ['usage-sync', 'one that runs before', () => ({ initContainers: [{ name: 'spy', image: 'evil:1' }] })],
      ['invoice-run', 'another command', (job) => ({ containers: [{ ...job, command: ['/evil'] }] })],
      [
        'invoice-run',
        'variables from elsewhere',
        (job) => ({ containers: [{ ...job, envFrom: [{ secretRef: { name: 'x' } }] }] }),
      ],
      ['reconcile', 'the network of the node', () => ({ hostNetwork: true })],
      ['reconcile', 'another node', () => ({ nodeSelector: { 'evil.example/node': 'true' } })],
    ])('what somebody put into the job %s goes: %s', async (name, _what, edit) => {
      const { kube } = world();
      const template = (await kube.read(cronJobs, at('drift-jobs', name)))?.spec.jobTemplate as {
        spec: { template: { spec: { containers: object[] } } };
      };
      const [job = {}] = template.spec.template.spec.containers;
      const before = await said('drift-jobs', cronJobs, name);
      await kube.mergePatch(cronJobs, at('drift-jobs', name), {
        spec: { jobTemplate: { spec: { template: { spec: edit(job) } } } },
      });
      expect(await said('drift-jobs', cronJobs, name)).not.toEqual(before);
      await eventually('the job is as it was', async () =>
        isDeepStrictEqual(await said('drift-jobs', cronJobs, name), before),
      );
    });

    test('the policy that somebody narrowed to some pods holds for all again', async () => {
      const key = at('drift-jobs', 'tenant');
      const patch = { spec: { podSelector: { matchLabels: { closed: 'yes' } } } };
      await world().kube.mergePatch(networkPolicies, key, patch);
      await eventually('it selects every pod', async () => {
        const found = await world().kube.read(networkPolicies, key);
        return isDeepStrictEqual(found && 'podSelector' in found.spec && found.spec.podSelector, {});
      });
    });

    test('who changes it again and again is not fought but named', async () => {
      const { kube } = world();
      const key = at('drift', 'tenant');
      const message = await opposed('drift', async () => {
        const found = await kube.read(resourceQuotas, key);
        if (JSON.stringify(found?.spec).includes('"pods":"3"')) return false;
        await kube.mergePatch(resourceQuotas, key, { spec: { hard: { pods: '3' } } }, { fieldManager: 'autoscaler' });
        return true;
      });
      expect(message).toContain('ResourceQuota tenant-drift/tenant is changed again and again by autoscaler');
    });

    test('who removes it again and again is not fought but named', async () => {
      const { kube } = world();
      const key = at('drift-jobs', 'tenant');
      const message = await opposed('drift-jobs', async () => {
        const found = await kube.read(networkPolicies, key);
        return found !== undefined && kube.remove(networkPolicies, key, { uid: found.metadata.uid ?? '' });
      });
      expect(message).toContain('NetworkPolicy tenant-drift-jobs/tenant is removed again and again');
    });
  });

  describe('what no watch sees is set right by the full pass', () => {
    test('a login that was closed, widened in number, or dropped', async () => {
      await t.apply('roles', {});
      const tenantId = (await t.ready('roles')).status?.tenantId ?? '';
      const login = loginOf(tenantId, 'a');
      await world().databases.query('billing_db', `alter role ${login} nologin connection limit 50 createrole`);
      await world().databases.query('billing_db', `alter role ${login} set search_path = 'evil'`);
      await world().databases.query('billing_db', `drop role ${loginOf(tenantId, 'b')}`);
      await eventually('both logins are right', async () => {
        const found = await world().databases.query(
          'billing_db',
          `select rolconnlimit as most, rolcreaterole as makes, array_length(rolconfig, 1) as settings
           from pg_roles where rolname = any ($1)`,
          [[login, loginOf(tenantId, 'b')]],
        );
        const isRight = found.every(
          ({ most, makes, settings }) =>
            most === connectionLimit && makes === false && settings === Object.keys(loginSettings).length,
        );
        return found.length === 2 && isRight && (await t.logIn(await t.databaseSecret('roles'))) === tenantId;
      });
    });

    test('the idle login that somebody opened', async () => {
      await t.apply('idle-login', { credentials: { grace: '1m' } });
      const tenantId = (await t.ready('idle-login')).status?.tenantId ?? '';
      world().clock.aheadMs = 61_000;
      await world().databases.query('billing_db', `alter role ${loginOf(tenantId, 'b')} login password 'known'`);
      await eventually('it is closed', async () => (await t.openSlots(tenantId)).join() === 'a');
      world().clock.aheadMs = 0;
    });

    test.each([
      ['given-group', 'grant app_service to LOGIN', 'revoke app_service from LOGIN', 'member of app_service'],
      ['given-bypass', 'alter role LOGIN bypassrls', 'alter role LOGIN nobypassrls', 'bypassrls'],
      [
        'given-table',
        'grant select on app.tenants to LOGIN',
        'revoke all on app.tenants from LOGIN',
        'grants of its own',
      ],
    ])('%s is reported, for the operator cannot take it away', async (name, harm, remedy, words) => {
      await t.apply(name, {});
      const tenantId = (await t.ready(name)).status?.tenantId ?? '';
      const login = loginOf(tenantId, 'a');
      await world().databases.query('billing_db', harm.replace('LOGIN', login));
      const { message } = await t.reason(name, 'DatabaseReady', 'LoginDrifted');
      expect(message).toContain(login);
      expect(message).toContain(words);
      await world().databases.query('billing_db', remedy.replace('LOGIN', login));
      await t.ready(name);
    });

    test('a vault secret that was removed: the tenant keeps a login that works', async () => {
      await t.apply('vault-drift', {});
      const tenantId = (await t.ready('vault-drift')).status?.tenantId ?? '';
      const { secrets: stored } = world().vault.vault;
      const name = `tenant-${tenantId.replaceAll('-', '')}-database`;
      const old = await t.databaseSecret('vault-drift');
      stored.delete(name);
      await t.usesSlot('vault-drift', 'b');
      // Jobs that still have the old Secret go on through the grace.
      expect(await t.logIn(old)).toBe(tenantId);
      expect(await t.logIn(await t.databaseSecret('vault-drift'))).toBe(tenantId);
    });

    test('a namespace that was deleted comes back with everything', async () => {
      await t.apply('vanished', {});
      const tenant = await t.ready('vanished');
      const namespace = await world().kube.read(namespaces, { name: 'tenant-vanished' });
      await world().kube.remove(namespaces, { name: 'tenant-vanished' }, { uid: namespace?.metadata.uid ?? '' });
      await eventually('the namespace is another', async () => {
        const found = await world().kube.read(namespaces, { name: 'tenant-vanished' });
        return found && found.metadata.uid !== namespace?.metadata.uid;
      });
      await eventually(
        'its login works',
        async () => (await t.logIn(await t.databaseSecret('vanished'))) === tenant.status?.tenantId,
      );
    });

    test('what others added to our objects is left alone', async () => {
      await t.apply('labels', {});
      await t.ready('labels');
      const key = { name: 'tenant-labels' };
      await world().kube.mergePatch(namespaces, key, { metadata: { labels: { 'others.example/team': 'blue' } } });
      await t.passes(['labels']);
      const found = await world().kube.read(namespaces, key);
      expect(found?.metadata.labels).toMatchObject({ 'others.example/team': 'blue' });
      const managers = (found?.metadata.managedFields ?? []) as { manager: string }[];
      expect(managers.map(({ manager }) => manager)).toContain(fieldManager);
    });
  });
};
