import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const read = (path: string): unknown => parse(readFileSync(join(root, path), 'utf8'));
const isThere = (path: string): boolean => existsSync(join(root, path));

// What we use of the published schemas (skaffold/v4beta13, kind.x-k8s.io/v1alpha4), and nothing beside it: a key that neither
// program knows is refused by both, where we cannot see it.
const Port = z.int().min(1).max(65_535);
const Forward = z.strictObject({
  resourceType: z.enum(['service', 'deployment']),
  resourceName: z.string(),
  namespace: z.enum(['legendops', 'legendops-surroundings']),
  port: Port,
  localPort: Port,
});
const Skaffold = z.strictObject({
  apiVersion: z.literal('skaffold/v4beta13'),
  kind: z.literal('Config'),
  metadata: z.strictObject({ name: z.string() }),
  build: z.strictObject({
    local: z.strictObject({ push: z.literal(false), useBuildkit: z.literal(true) }),
    tagPolicy: z.strictObject({ inputDigest: z.strictObject({}) }),
    artifacts: z.array(
      z.strictObject({
        image: z.string().startsWith('legendops/'),
        docker: z.strictObject({
          dockerfile: z.string(),
          buildArgs: z.strictObject({ PART: z.string() }).optional(),
        }),
        sync: z
          .strictObject({ manual: z.array(z.strictObject({ src: z.string(), dest: z.literal('/app') })) })
          .optional(),
      }),
    ),
  }),
  deploy: z.strictObject({
    kubeContext: z.literal('kind-legendops'),
    statusCheckDeadlineSeconds: z.int(),
    helm: z.strictObject({
      flags: z.strictObject({ install: z.array(z.string()), upgrade: z.array(z.string()) }),
      releases: z.array(
        z.strictObject({
          name: z.string(),
          chartPath: z.string(),
          namespace: z.string(),
          valuesFiles: z.array(z.string()).default([]),
          setValueTemplates: z.record(z.string(), z.string()).default({}),
          setValues: z.record(z.string(), z.boolean()).default({}),
          wait: z.literal(true),
        }),
      ),
    }),
  }),
  portForward: z.array(Forward),
  profiles: z.array(
    z.strictObject({
      name: z.enum(['dev', 'debug']),
      activation: z.array(z.strictObject({ command: z.literal('dev') })).optional(),
      patches: z.array(
        z.discriminatedUnion('op', [
          z.strictObject({ op: z.literal('replace'), path: z.string(), value: z.boolean() }),
          z.strictObject({ op: z.literal('add'), path: z.literal('/portForward/-'), value: Forward }),
        ]),
      ),
    }),
  ),
});
const Kind = z.strictObject({
  kind: z.literal('Cluster'),
  apiVersion: z.literal('kind.x-k8s.io/v1alpha4'),
  name: z.literal('legendops'),
  nodes: z.tuple([
    z.strictObject({
      role: z.literal('control-plane'),
      image: z.string().regex(/^kindest\/node:v1\.36\.\d+@sha256:[0-9a-f]{64}$/),
      extraPortMappings: z.array(
        z.strictObject({ containerPort: Port, hostPort: Port, listenAddress: z.literal('127.0.0.1') }),
      ),
    }),
  ]),
});

/** The value at a path of keys, which may have dots in them. */
const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);

describe('skaffold.yaml', () => {
  const skaffold = Skaffold.parse(read('skaffold.yaml'));
  const { artifacts } = skaffold.build;
  const { releases } = skaffold.deploy.helm;

  it('builds every image that the charts run, from what is there', () => {
    const images = Object.values((read('charts/legendops/values.yaml') as { images: Record<string, unknown> }).images);
    const wanted = images.flatMap((one) => {
      const { repository } = one as { repository?: string };
      return repository === undefined ? [] : [repository];
    });
    expect(artifacts.map(({ image }) => image).sort()).toEqual([...wanted, 'legendops/surroundings'].sort());
    for (const { docker } of artifacts) {
      expect(docker.dockerfile).toSatisfy(isThere);
      expect(docker.dockerfile === 'Dockerfile').toBe(docker.buildArgs !== undefined);
      if (docker.buildArgs) expect(`${docker.buildArgs.PART}/src/main.ts`).toSatisfy(isThere);
    }
  });

  it('gives each image to the chart that runs it, by keys that the chart has', () => {
    for (const { chartPath, valuesFiles, setValueTemplates, setValues } of releases) {
      for (const file of [`${chartPath}/Chart.yaml`, ...valuesFiles]) expect(file).toSatisfy(isThere);
      const given = [...Object.keys(setValueTemplates), ...Object.keys(setValues)];
      const known = given.length === 0 ? {} : read(`${chartPath}/values.yaml`);
      expect(given.filter((key) => valueAt(known, key.split('.')) === undefined)).toEqual([]);
    }
    const used = releases.flatMap(({ setValueTemplates }) => Object.values(setValueTemplates));
    const wanted = artifacts.flatMap(({ image }) => {
      const name = image.replaceAll(/[/.:-]/g, '_');
      return [`{{.IMAGE_REPO_${name}}}`, `{{.IMAGE_TAG_${name}}}`];
    });
    expect(used.sort()).toEqual(wanted.sort());
  });

  it('writes sources of services where the chart lets them be written', () => {
    const synced = artifacts.flatMap(({ image, sync }) => (sync ? [{ image, rules: sync.manual }] : []));
    expect(synced.map(({ image }) => image)).toEqual(
      ['auth', 'billing', 'catalog', 'portal'].map((s) => `legendops/${s}`),
    );
    for (const { image, rules } of synced) {
      const service = image.replace('legendops/', 'services/');
      expect(rules.map(({ src }) => src)).toEqual([`${service}/src/**/*.ts`, 'services/kit/src/**/*.ts']);
      for (const { src } of rules) expect(globSync(src, { cwd: root }).length).toBeGreaterThan(5);
    }
  });

  it('has profiles that change what is there', () => {
    expect(skaffold.profiles.map(({ name }) => name)).toEqual(['dev', 'debug']);
    const replaced = skaffold.profiles.flatMap(({ patches }) => patches.filter(({ op }) => op === 'replace'));
    expect(replaced.map(({ path }) => valueAt(skaffold, path.slice(1).split('/')))).toEqual([false, false]);
    for (const { path } of replaced)
      expect(valueAt(skaffold, [...path.slice(1).split('/').slice(0, 4), 'name'])).toBe('legendops');
  });

  it('forwards no local port twice, and none that kind.yaml has', () => {
    const patched = skaffold.profiles.flatMap(({ patches }) =>
      patches.flatMap((patch) => (patch.op === 'add' ? [patch.value] : [])),
    );
    const forwarded = [...skaffold.portForward, ...patched].map(({ localPort }) => localPort);
    const mapped = Kind.parse(read('kind.yaml')).nodes[0].extraPortMappings.map(({ hostPort }) => hostPort);
    expect(new Set([...forwarded, ...mapped]).size).toBe(forwarded.length + mapped.length);
  });
});

describe('kind.yaml', () => {
  it('leads to the node’s ports of the chart, at the addresses that pages and redirects name', () => {
    const [node] = Kind.parse(read('kind.yaml')).nodes;
    const { nodePorts } = read('charts/legendops-surroundings/values-kind.yaml') as {
      nodePorts: Record<string, number>;
    };
    const chart = read('charts/legendops-surroundings/values.yaml') as Record<string, string>;
    const local = read('charts/legendops/values-local.yaml') as {
      publicUrl: string;
      quickbooks: { authorizeUrl: string };
    };
    const portOf = (url: string | undefined): number => Number(new URL(url ?? '').port);
    expect(local.publicUrl).toBe(chart['publicUrl']);
    expect(new URL(local.quickbooks.authorizeUrl).origin).toBe(chart['quickbooksPageUrl']);
    expect(node.extraPortMappings.map(({ containerPort, hostPort }) => [containerPort, hostPort])).toEqual([
      [nodePorts['gateway'], portOf(chart['publicUrl'])],
      [nodePorts['signIn'], portOf(chart['signInPageUrl'])],
      [nodePorts['quickbooks'], portOf(chart['quickbooksPageUrl'])],
      [nodePorts['mail'], 8025],
    ]);
  });
});
