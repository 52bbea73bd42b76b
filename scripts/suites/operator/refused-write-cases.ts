import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { isNotFound } from '@legendops/operator-runtime/client/status-error';
import { tenants } from '@legendops/tenant-operator/api/tenant';
import { namespaces } from '@legendops/tenant-operator/owned/resources';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';
import { startWatchProxy, type Answer, type Asked, type WatchProxy } from './watch-proxy.ts';

const refusal = (code: number, reason: string, message: string): Answer => ({
  status: code,
  body: JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code }),
});
// As a real API server words them.
const down = refusal(
  500,
  'InternalError',
  'Internal error occurred: failed calling webhook "guard.example.com": failed to call webhook: Post "https://guard.default.svc:443/?timeout=10s": dial tcp 10.0.0.7:443: connect: connection refused',
);
const denied = refusal(
  403,
  'Forbidden',
  'limitranges "tenant" is forbidden: admission webhook "guard.example.com" denied the request: no limits on Fridays',
);
const deniedByPolicy = refusal(
  422,
  'Invalid',
  "limitranges \"tenant\" is forbidden: ValidatingAdmissionPolicy 'no-limits' with binding 'no-limits' denied request: no limits here",
);

const webhooks: Resource<KubeObject & { webhooks?: unknown[] }> = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  plural: 'validatingwebhookconfigurations',
  namespaced: false,
};

export const refusedWriteCases = (world: () => World, t: InWorld): void => {
  let proxy: WatchProxy;
  const refuse = (answer: Answer, isMeant: (asked: Asked) => boolean): void => {
    proxy.answer = (asked) => (asked.method !== 'GET' && isMeant(asked) ? answer : undefined);
  };
  const inNamespace = (name: string) => (asked: Asked) => asked.path.includes(`/namespaces/tenant-${name}`);
  const limits = (name: string) => (asked: Asked) => asked.path.includes(`/namespaces/tenant-${name}/limitranges/`);
  const itself = (name: string) => (asked: Asked) => new RegExp(`/tenants/${name}([?]|$)`).test(asked.path);
  const statesOf = async (name: string) => (await t.registryRows(name)).map((row) => row?.state);

  describe('what stands between the operator and the API server is named', () => {
    beforeAll(async () => {
      proxy = await startWatchProxy(world().kubeconfigOfOperator, world().vault.certificates);
      await world().restartOperator({ kubeconfig: proxy.kubeconfig });
    });
    afterEach(() => proxy.heal());
    afterAll(async () => {
      await world().restartOperator();
      await proxy.close();
    });

    test('a deletion closes the doors at once, though a webhook that is down refuses every write in the namespace', async () => {
      const tenantId = await t.created('doors');
      const { host, port, dbname, username, password } = await t.databaseSecret('doors');
      const session = new pg.Client({ host, port: Number(port), database: dbname, user: username, password });
      const ended = new Promise<void>((resolve) => session.on('error', () => resolve()));
      await session.connect();
      refuse(down, inNamespace('doors'));
      await t.remove('doors');
      await ended;
      await eventually('its logins are gone', async () => (await t.roles(tenantId)).length === 0);
      const { message } = await t.reason('doors', 'Ready', 'WebhookDown');
      expect(message).toContain('guard.example.com does not answer');
      expect(await t.logIn({ host, port, dbname, username, password })).toBe('28P01');
      await eventually('its rows are retained', async () =>
        (await statesOf('doors')).every((state) => state === 'retained'),
      );
      expect(t.vaultSecret(tenantId)).toMatchObject({ versions: [{ enabled: false }] });
      expect(await world().kube.read(namespaces, { name: 'tenant-doors' })).toBeDefined();
      proxy.heal();
      await t.gone('doors');
    });

    test('a deletion whose last write is refused does not say that it waits for the namespace', async () => {
      await t.created('last-write');
      refuse(down, itself('last-write'));
      await t.remove('last-write');
      await t.reason('last-write', 'Ready', 'WebhookDown');
      expect(await world().kube.read(namespaces, { name: 'tenant-last-write' })).toBeUndefined();
      proxy.heal();
      await t.gone('last-write');
    });

    test('a deletion that finalizers of others hold names them', async () => {
      await t.created('held-by-others');
      const finalizers = (await t.read('held-by-others'))?.metadata.finalizers ?? [];
      const patch = (list: string[]) =>
        world().kube.mergePatch<KubeObject>(tenants, { name: 'held-by-others' }, { metadata: { finalizers: list } });
      await patch([...finalizers, 'example.com/audit']);
      await t.remove('held-by-others');
      expect((await t.reason('held-by-others', 'Ready', 'FinalizersRemain')).message).toContain('example.com/audit');
      await eventually('ours is gone', async () => (await t.read('held-by-others'))?.metadata.finalizers?.length === 1);
      await patch([]);
      await t.gone('held-by-others');
    });

    test('a new Tenant that may not be marked says so', async () => {
      refuse(down, itself('unmarkable'));
      await t.apply('unmarkable', {});
      expect((await t.reason('unmarkable', 'Ready', 'WebhookDown')).message).toContain('guard.example.com');
      proxy.heal();
      await t.ready('unmarkable');
    });

    test.each([
      ['webhook-down', down, 'WebhookDown', /guard\.example\.com does not answer.*kubectl get/],
      ['webhook-denies', denied, 'AdmissionRefused', /guard\.example\.com refuses the write: no limits on Fridays/],
      [
        'policy-denies',
        deniedByPolicy,
        'AdmissionRefused',
        /policy no-limits|Policy no-limits refuses the write: no limits here/,
      ],
    ])('%s: said by the condition, and all else goes on', async (name, answer, reason, words) => {
      refuse(answer, limits(name));
      await t.apply(name, {});
      expect((await t.reason(name, 'NamespaceReady', reason)).message).toMatch(words);
      expect((await t.reason(name, 'Ready', reason)).message).toContain('NamespaceReady');
      await eventually(
        'it has its login',
        async () => t.conditionOf(await t.read(name), 'SecretsReady')?.status === 'True',
      );
      const stalled = t.conditionOf(await t.read(name), 'Stalled')?.status;
      expect(stalled).toBe(reason === 'WebhookDown' ? undefined : 'True');
      proxy.heal();
      const { status } = await t.ready(name);
      expect(status?.conditions?.map(({ type }) => type)).not.toContain('Stalled');
    });

    test('a real webhook that is down, where the API server has webhooks', async ({ skip }) => {
      await t.created('real-webhook');
      const metadata = { name: 'operator-suite' };
      const webhook = {
        name: 'real.example.com',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        timeoutSeconds: 1,
        clientConfig: { url: 'https://127.0.0.1:1/' },
        matchConditions: [
          {
            name: 'one',
            expression: "request.namespace == 'tenant-real-webhook' || request.name == 'tenant-real-webhook'",
          },
        ],
        rules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['namespaces', 'limitranges'] }],
      };
      try {
        await world().kube.create(webhooks, { metadata, webhooks: [webhook] });
      } catch (error) {
        if (!isNotFound(error)) throw error;
        await t.remove('real-webhook');
        skip('this API server has no webhooks');
      }
      await eventually('it holds', () =>
        world()
          .kube.mergePatch<KubeObject>(
            namespaces,
            { name: 'tenant-real-webhook' },
            { metadata: { annotations: { a: 'b' } } },
          )
          .then(
            () => false,
            () => true,
          ),
      );
      await t.remove('real-webhook');
      expect((await t.reason('real-webhook', 'Ready', 'WebhookDown')).message).toContain(
        'real.example.com does not answer',
      );
      const found = await world().kube.read(webhooks, metadata);
      await world().kube.remove(webhooks, metadata, { uid: found?.metadata.uid ?? '' });
      await t.gone('real-webhook');
    });
  });
};
