import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startRealCluster, toolsFolder, type RealCluster } from '../../kubernetes/testing/control-plane.ts';
import { chart as platformChart, helm, manifestsOf, ofKind, podsOf, type Manifest } from './rendered.ts';
import { rules } from './rules.ts';

const run = promisify(execFile);
const namespace = 'legendops-surroundings';
const chart = join(import.meta.dirname, '../../../charts', namespace);
const onKind = ['-f', join(chart, 'values-kind.yaml')];
const render = (...more: string[]): Promise<string> => helm('template', namespace, chart, '-n', namespace, ...more);
const refusal = (...settings: string[]): Promise<string> =>
  render(...settings).then(
    () => 'nothing is refused',
    (error: unknown) => String((error as { stderr?: string }).stderr ?? error),
  );
const partsOf = (manifests: readonly Manifest[]): string[] =>
  ofKind(manifests, 'Deployment')
    .map(({ metadata }) => metadata.name)
    .sort();

describe.skipIf(toolsFolder === undefined)(
  'the values of charts/legendops-surroundings (needs LEGENDOPS_TOOLS)',
  () => {
    it.each([[[]], [onKind]])('with %o pass the strict lint', async (more) => {
      const said = await helm('lint', '--strict', chart, '-n', namespace, ...more);
      expect(said).toContain('1 chart(s) linted, 0 chart(s) failed');
    });

    it.each([
      ['environment=prod', "at '/environment': value must be one of"],
      ['images.tag=1', "at '': additional properties 'images' not allowed"],
      ['image.digest=sha256:1', "at '/image/digest'"],
      ['publicUrl=localhost:8080', "at '/publicUrl'"],
      ['gateway.adress=x', "at '/gateway': additional properties 'adress' not allowed"],
      ['nodePorts.vault=30001', "at '/nodePorts': additional properties 'vault' not allowed"],
      ['nodePorts.mail=80', "at '/nodePorts/mail': minimum: got 80, want 30,000"],
      ['persistence.size=much', "at '/persistence/size'"],
      ['network.kubernetes.ports=443', "at '/network/kubernetes/ports': got number, want array"],
      ['resources.limits.memory=lots', "at '/resources/limits/memory'"],
    ])('refuse %s by its path', async (setting, said) => {
      expect(await refusal('--set', setting)).toContain(said);
    });

    it.each(['staging', 'prod'])('refuse a values file of charts/legendops for %s', async (environment) => {
      const said = await refusal('-f', join(platformChart, `values-${environment}.yaml`));
      expect(said).toContain("at '/environment': value must be one of 'local', 'dev'");
    });

    it('belong into one namespace, and another is refused with its reason', async () => {
      const said = await helm('template', namespace, chart, '-n', 'default').catch((error: unknown) =>
        String((error as { stderr?: string }).stderr),
      );
      expect(said).toContain(`install this chart into the namespace ${namespace}, not default`);
    });
  },
);

// State has a volume to be written to and one writer, so that nothing is spread or rolled; the Secrets are what it is for.
const notHere = new Set([
  'no-read-only-root-fs',
  'automounted service account tokens',
  'pod-topology-spread-constraints',
  'deployment-has-poddisruptionbudget',
  'env-var-secret: no secret in clear',
]);

describe.skipIf(toolsFolder === undefined)('charts/legendops-surroundings (needs LEGENDOPS_TOOLS)', () => {
  let manifests: Manifest[];
  beforeAll(async () => {
    manifests = manifestsOf(await render(...onKind));
  });

  it('makes a pod of every part, and one of the example data when it is asked', async () => {
    const parts = [
      'blob',
      'gateway',
      'mail',
      'pax8',
      'postgres',
      'quickbooks',
      'sign-in',
      'superops',
      'teams',
      'vault',
    ];
    expect(partsOf(manifests)).toEqual(parts);
    expect(partsOf(manifestsOf(await render()))).toEqual(parts.filter((part) => part !== 'gateway'));
    expect(podsOf(manifests).map(({ name }) => name)).toContain('seed');
  });

  it.each(Object.entries(rules).filter(([rule]) => !notHere.has(rule)))('breaks nowhere the rule %s', (_, rule) => {
    expect(rule(manifests)).toEqual([]);
  });

  it('writes to /tmp and to its state, and nowhere else', () => {
    const written = podsOf(manifests).flatMap(({ spec }) =>
      (spec.containers[0].volumeMounts ?? []).filter(({ readOnly }) => readOnly !== true),
    );
    expect(new Set(written.map(({ mountPath }) => mountPath))).toEqual(new Set(['/tmp', '/state']));
  });

  it('is where values-local.yaml of charts/legendops looks for it, by name, port and policy', async () => {
    const text = await readFile(join(platformChart, 'values-local.yaml'), 'utf8');
    const { network } = parse(text) as {
      network: Record<string, { ports: number[]; peers: { podSelector?: object }[] }>;
    };
    const services = ofKind(manifests, 'Service');
    const podPortOf = (host: string, port: number): number | undefined => {
      const service = services.find(({ metadata }) => metadata.name === host);
      const ports = (service?.spec?.['ports'] ?? []) as { port: number; targetPort: string }[];
      const target = ports.find((one) => one.port === port)?.targetPort;
      const pod = podsOf(manifests).find(({ name }) => name === host);
      return pod?.spec.containers[0].ports?.find(({ name }) => name === target)?.containerPort;
    };
    const asked: [host: string, port: number, outside: string][] = [
      ['postgres', 5432, 'database'],
      ['vault', 443, 'vault'],
      ['sign-in', 443, 'signIn'],
      ['mail', 1025, 'mail'],
      ['blob', 10000, 'blob'],
      ['pax8', 80, 'vendors'],
      ['quickbooks', 80, 'vendors'],
      ['superops', 80, 'vendors'],
      ['superops', 81, 'vendors'],
      ['teams', 80, 'vendors'],
    ];
    for (const outside of new Set(asked.map(([, , name]) => name))) {
      const here = asked.filter(([, , name]) => name === outside);
      const podPorts = here.map(([host, port]) => podPortOf(host, port));
      expect([outside, new Set(network[outside]?.ports)]).toEqual([outside, new Set(podPorts)]);
      // Several of them listen at one port: a policy that named their namespace alone would open all of these.
      const peers = JSON.stringify(network[outside]?.peers.map(({ podSelector }) => podSelector));
      for (const [host] of here) expect(peers).toContain(`"${host}"`);
    }
    const named = [...text.matchAll(/([a-z0-9-]+)\.legendops-surroundings\.svc/g)].map(([, host]) => host);
    expect(new Set(named)).toEqual(
      new Set(['postgres', 'vault', 'sign-in', 'blob', 'pax8', 'quickbooks', 'superops', 'teams']),
    );
  });
});

describe.skipIf(toolsFolder === undefined)(
  'charts/legendops-surroundings on a real API server (needs LEGENDOPS_TOOLS)',
  () => {
    let cluster: RealCluster;
    let folder: string;
    const tool = async (name: 'kubectl' | 'helm', ...parameters: string[]): Promise<string> => {
      const env = { ...process.env, KUBECONFIG: join(folder, 'kubeconfig') };
      return (await run(join(toolsFolder ?? '', 'kube/kube'), [name, ...parameters], { env })).stdout;
    };
    const upgrade = (...more: string[]): Promise<string> =>
      tool('helm', 'upgrade', '--install', namespace, chart, '-n', namespace, '--create-namespace', ...more);
    const data = async (kind: string, name: string, of: string): Promise<Record<string, string>> =>
      JSON.parse(await tool('kubectl', '-n', of, 'get', kind, name, '-o', 'jsonpath={.data}'));

    beforeAll(async () => {
      cluster = await startRealCluster();
      folder = await mkdtemp(join(tmpdir(), 'legendops-surroundings-'));
      await writeFile(join(folder, 'kubeconfig'), cluster.kubeconfig, { mode: 0o600 });
    });
    afterAll(async () => {
      await cluster.close();
      await rm(folder, { recursive: true, force: true });
    });

    it('is taken whole and strictly, and Pod Security has nothing to say', async () => {
      for (const name of [namespace, 'legendops']) await tool('kubectl', 'create', 'namespace', name);
      await tool('kubectl', 'label', 'namespace', namespace, 'pod-security.kubernetes.io/warn=restricted');
      const file = join(folder, 'rendered.yaml');
      await writeFile(file, await render(...onKind));
      const parameters = [
        'apply',
        '--dry-run=server',
        '--validate=strict',
        '--server-side',
        '--force-conflicts',
        '-f',
        file,
      ];
      const env = { ...process.env, KUBECONFIG: join(folder, 'kubeconfig') };
      await tool('kubectl', 'config', 'set-context', '--current', `--namespace=${namespace}`);
      const done = await run(join(toolsFolder ?? '', 'kube/kube'), ['kubectl', ...parameters], { env });
      expect(done.stderr).toBe('');
      expect(done.stdout.trim().split('\n').length).toBeGreaterThan(40);
      await tool('kubectl', 'delete', 'namespace', 'legendops');
    });

    it('gives charts/legendops its Secrets and its authority, and keeps them when it is upgraded', async () => {
      const notes = await upgrade();
      expect(notes).toContain(
        'helm upgrade --install legendops charts/legendops -n legendops -f charts/legendops/values-local.yaml',
      );
      const wanted: [name: string, keys: string[]][] = [
        ['legendops-database-administrator', ['password', 'username']],
        ['legendops-sign-in', ['client-secret']],
        ['legendops-quickbooks', ['client-secret']],
        ['legendops-mail', ['smtp-url']],
      ];
      const all = async () => [
        ...(await Promise.all(wanted.map(([name]) => data('secret', name, 'legendops')))),
        await data('configmap', 'legendops-surroundings-authority', 'legendops'),
        await data('secret', 'surroundings', namespace),
      ];
      const first = await all();
      for (const [index, [, keys]] of wanted.entries()) expect(Object.keys(first[index] ?? {}).sort()).toEqual(keys);
      expect(first[4]?.['surroundings.pem']).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
      await upgrade('--set', 'persistence.enabled=false');
      expect(await all()).toEqual(first);
    });

    it('is refused where LegendOps is installed for production', async () => {
      await tool(
        'kubectl',
        '-n',
        'legendops',
        'create',
        'configmap',
        'legendops-release',
        '--from-literal=environment=prod',
      );
      await expect(upgrade()).rejects.toThrow(
        'the surroundings are for development, and LegendOps is installed here for prod',
      );
    });
  },
);
