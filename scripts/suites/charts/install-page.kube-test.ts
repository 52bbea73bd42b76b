import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { chart, helm, manifestsOf, ofKind, render, valuesOf, type Manifest } from './rendered.ts';

const root = join(import.meta.dirname, '../../..');
const onAzure = ['dev', 'staging', 'prod'] as const;
const keyOf = ({ kind, metadata }: Manifest): string => `${kind.toLowerCase()}/${metadata.name}`;

interface Snapshot {
  predictedResources: {
    type: string;
    properties: { subnets: { name: string; properties: { addressPrefix: string } }[] };
  }[];
}

const gatewaySubnet = async (environment: string): Promise<string | undefined> => {
  const text = await readFile(join(root, `infra/environments/${environment}.snapshot.json`), 'utf8');
  const { predictedResources } = JSON.parse(text) as Snapshot;
  const network = predictedResources.find(({ type }) => type === 'Microsoft.Network/virtualNetworks');
  return network?.properties.subnets.find(({ name }) => name === 'gateway')?.properties.addressPrefix;
};

describe.skipIf(toolsFolder === undefined)('who installs by docs/operations/install.md (needs LEGENDOPS_TOOLS)', () => {
  let page: string;
  let manifests: Manifest[];
  beforeAll(async () => {
    page = await readFile(join(root, 'docs/operations/install.md'), 'utf8');
    manifests = manifestsOf(await render('prod'));
  });

  it('is told of everything that Helm leaves behind because a hook made it', () => {
    const hooks = manifests.filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] !== undefined);
    expect(hooks).toHaveLength(6);
    for (const hook of hooks) expect(page).toContain(keyOf(hook));
  });

  it('is told of every service account that an identity of Azure must trust', () => {
    const annotated = ofKind(manifests, 'ServiceAccount').filter(
      ({ metadata }) => metadata.annotations?.['azure.workload.identity/client-id'] !== undefined,
    );
    const names = annotated.map(({ metadata }) => `\`${metadata.name}\``).sort();
    expect(names).toHaveLength(4);
    expect(page).toContain(`${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);
  });

  it.each(onAzure)('sees by the ending .example every address of %s that is not a vendor’s', async (environment) => {
    const values = await readFile(join(chart, `values-${environment}.yaml`), 'utf8');
    const hosts = values.match(/(?<=: |\/\/|@)[a-z0-9-]+(\.[a-z0-9-]+)+(?=[/,>}\s])/g) ?? [];
    const ofOthers = hosts.filter((host) => !/\.example$|\.intuit\.com$|\.prod-aks\.azure\.com$|\.0$/.test(host));
    expect(hosts.length).toBeGreaterThan(4);
    expect(ofOthers).toEqual([]);
  });

  it.each(onAzure)('has the gateway of %s let in from its subnet, as infra makes it', async (environment) => {
    const policies = ofKind(manifestsOf(await render(environment)), 'NetworkPolicy');
    const cidr = await gatewaySubnet(environment);
    expect(cidr).toMatch(/^10\./);
    for (const part of ['auth', 'billing', 'catalog', 'portal', 'frontend']) {
      const policy = policies.find(({ metadata }) => metadata.name === part);
      expect(policy?.spec?.['ingress']).toContainEqual({
        from: [{ ipBlock: { cidr } }],
        ports: [{ protocol: 'TCP', port: 8080 }],
      });
    }
  });

  it.each(onAzure)(
    'has the address of a person in %s believed past Front Door and the gateway',
    async (environment) => {
      const snapshot = await readFile(join(root, `infra/environments/${environment}.snapshot.json`), 'utf8');
      expect(snapshot).toContain('"Microsoft.Cdn/profiles/afdEndpoints"');
      expect((await render(environment)).match(/(?<=TRUSTED_PROXY_HOPS, value: ")\d/g)).toEqual(['2', '2', '2', '2']);
    },
  );

  it('finds a database at whatever port: policies follow its address', async () => {
    const changed = await render('prod', '--set', 'database.port=6432,database.billing.port=5433');
    const egress = ofKind(manifestsOf(changed), 'NetworkPolicy').find(({ metadata }) => metadata.name === 'billing')
      ?.spec?.['egress'] as { ports: { port: number }[] }[];
    expect(egress.map(({ ports }) => ports.map(({ port }) => port))).toContainEqual([6432, 5433]);
  });

  it('finds in the HTTPRoute what the API server would fill in, so that nothing differs for ever', () => {
    const [route] = ofKind(manifests, 'HTTPRoute') as [Manifest];
    const { parentRefs, rules } = route.spec as { parentRefs: object[]; rules: { backendRefs: object[] }[] };
    for (const parent of parentRefs)
      expect(parent).toMatchObject({ group: 'gateway.networking.k8s.io', kind: 'Gateway' });
    const backends = rules.flatMap(({ backendRefs }) => backendRefs);
    expect(backends).toHaveLength(5);
    for (const backend of backends) expect(backend).toMatchObject({ group: '', kind: 'Service', weight: 1 });
  });
});

describe.skipIf(toolsFolder === undefined)('a chart packaged with build metadata (needs LEGENDOPS_TOOLS)', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'legendops-packaged-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['legendops', 'legendops', valuesOf('prod')],
    ['legendops-surroundings', 'legendops-surroundings', []],
    ['legendops-observability', 'monitoring', []],
  ])('%s has labels and images of valid characters', async (name, namespace, values) => {
    const version = '0.1.1+4f5e';
    await helm('package', join(chart, '..', name), '--version', version, '--app-version', version, '-d', folder);
    const text = await helm('template', name, join(folder, `${name}-${version}.tgz`), '-n', namespace, ...values);
    const labels = text.match(/(?<=(helm\.sh\/chart|kubernetes\.io\/version): ).+/g) ?? [];
    expect(labels.length).toBeGreaterThan(0);
    for (const label of labels) expect(label.replaceAll('"', '')).toMatch(/^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/);
    for (const image of text.match(/(?<=image: ).+/g) ?? []) expect(image).not.toContain('+');
  });
});
