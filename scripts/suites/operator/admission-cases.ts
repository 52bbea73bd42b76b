import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import type { ConditionType } from '@legendops/tenant-operator/api/conditions';
import { cronJobs, namespaces, resourceQuotas, secrets } from '@legendops/tenant-operator/owned/resources';
import { startAdmission, type Change } from './admission.ts';
import type { World } from './operator-world.ts';
import type { InWorld } from './tenants-in-world.ts';

const overTheWindowMs = 11 * 60_000;

type Merge = Record<string, unknown>;
/** The object with these fields replaced, in depth. */
const merged = (object: Merge, change: Merge): Merge =>
  Object.entries(change).reduce<Merge>(
    (all, [key, value]) => ({
      ...all,
      [key]:
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? merged((all[key] ?? {}) as Merge, value as Merge)
          : value,
    }),
    object,
  );

const jobOf = (image: string) => ({
  jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'job', image }] } } } },
});

/** The image alone, of whatever the container holds. */
const withMirror = (object: Merge): Merge =>
  JSON.parse(JSON.stringify(object).replace(/"image":"(?!mirror)/, '"image":"mirror.example/')) as Merge;

interface Case {
  what: string;
  type: ConditionType;
  change: Change;
  /** What the condition says of it. */
  says: string;
  key: (tenant: string) => { name: string; namespace?: string };
}

const replaced = (path: string, value: string): string =>
  `[JSONPatch{op: "replace", path: "${path}", value: ${value}}]`;

const cases: Case[] = [
  {
    what: 'the image of the jobs',
    type: 'BillingReady',
    change: {
      resource: cronJobs,
      patch: `object.spec.jobTemplate.spec.template.spec.containers[0].image.startsWith("mirror") ? [] :
        ${replaced(
          '/spec/jobTemplate/spec/template/spec/containers/0/image',
          '"mirror.example/" + object.spec.jobTemplate.spec.template.spec.containers[0].image',
        )}`,
      inMemory: withMirror,
      probe: {
        metadata: { name: 'probe', namespace: 'default' },
        spec: { schedule: '0 4 * * *', ...jobOf('x') },
      } as KubeObject,
    },
    says:
      'spec.jobTemplate.spec.template.spec.containers[job].image: "legendops:test" was written and ' +
      '"mirror.example/legendops:test" stands there',
    key: (tenant) => ({ name: 'usage-sync', namespace: `tenant-${tenant}` }),
  },
  {
    what: 'a number of the quota',
    type: 'NamespaceReady',
    change: {
      resource: resourceQuotas,
      patch: replaced('/spec/hard/pods', '"3"'),
      inMemory: (object) => merged(object, { spec: { hard: { pods: '3' } } }),
      probe: { metadata: { name: 'probe', namespace: 'default' }, spec: { hard: { pods: '10' } } } as KubeObject,
    },
    says: 'spec.hard.pods: "10" was written and "3" stands there',
    key: (tenant) => ({ name: 'tenant', namespace: `tenant-${tenant}` }),
  },
  {
    what: 'a label of the namespace',
    type: 'NamespaceReady',
    change: {
      resource: namespaces,
      patch: `"labels" in object.metadata && "pod-security.kubernetes.io/enforce" in object.metadata.labels ?
        ${replaced('/metadata/labels/pod-security.kubernetes.io~1enforce', '"baseline"')} : []`,
      inMemory: (object) =>
        merged(object, { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } }),
      probe: { metadata: { name: 'tenant-probe', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
    },
    says: 'metadata.labels[pod-security.kubernetes.io/enforce]: "restricted" was written and "baseline" stands there',
    key: (tenant) => ({ name: `tenant-${tenant}` }),
  },
  {
    what: 'a label of the Secret',
    type: 'SecretsReady',
    change: {
      resource: secrets,
      patch: `object.metadata.name == "database" ?
        ${replaced('/metadata/labels/platform.legendops.io~1tenant', '"all"')} : []`,
      inMemory: (object) => merged(object, { metadata: { labels: { 'platform.legendops.io/tenant': 'all' } } }),
      probe: {
        metadata: { name: 'database', namespace: 'default', labels: { 'platform.legendops.io/tenant': 'x' } },
      },
    },
    says: 'metadata.labels[platform.legendops.io/tenant]: "',
    key: (tenant) => ({ name: 'database', namespace: `tenant-${tenant}` }),
  },
];

export const admissionCases = (world: () => World, t: InWorld): void => {
  describe('admission that changes what is written', () => {
    let end: (() => Promise<void>) | undefined;
    beforeAll(() => t.removeAll());
    afterEach(async () => {
      await end?.();
      end = undefined;
      world().clock.aheadMs = 0;
    });
    const versionOf = async (resource: Resource, key: { name: string; namespace?: string }) =>
      (await world().kube.read(resource, key))?.metadata.resourceVersion;

    test.each(cases)('$what: it is named and not fought, and forgotten when it has gone', async (one) => {
      const name = `admitted-${cases.indexOf(one)}`;
      end = await startAdmission(world(), one.change);
      await t.apply(name, {});
      const { message } = await t.reason(name, one.type, 'ChangedByAdmission');
      expect(message).toContain(`admission changed ${one.change.resource.kind} `);
      expect(message).toContain(one.says);
      const others = ['NamespaceReady', 'DatabaseReady', 'BillingReady'].filter((type) => type !== one.type);
      const found = await t.read(name);
      if (one.type !== 'SecretsReady')
        expect(others.map((type) => t.conditionOf(found, type)?.status)).toEqual(others.map(() => 'True'));
      await world().operator().rest();
      const { all } = world().operator().writes;
      const first = all.length;
      const version = await versionOf(one.change.resource, one.key(name));
      await t.passes([name], 3);
      expect(all.slice(first).filter((write) => write.startsWith('kube'))).toEqual([]);
      expect(await versionOf(one.change.resource, one.key(name))).toBe(version);
      await end();
      end = undefined;
      world().clock.aheadMs = overTheWindowMs;
      await t.ready(name);
    });
  });
};
