import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { parseAllDocuments } from 'yaml';

const run = promisify(execFile);

export const chart = join(import.meta.dirname, '../../../charts/legendops');
export const environments = ['local', 'dev', 'staging', 'prod'] as const;
export type Environment = (typeof environments)[number];

/** What the assertions read of a manifest; the API server reads all of it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec?: Record<string, unknown>;
}

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef: { name: string; key: string } };
}

interface Container {
  name: string;
  image: string;
  imagePullPolicy: string;
  env?: Variable[];
  ports?: { name: string; containerPort: number }[];
  resources: { requests: Record<string, string>; limits: Record<string, string> };
  securityContext: Record<string, unknown>;
  livenessProbe?: { httpGet: { path: string; port: string } };
  readinessProbe?: { httpGet: { path: string; port: string } };
  startupProbe?: { httpGet: { path: string; port: string } };
  volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[];
}

interface Source {
  secret?: { name: string; items?: { key: string; path: string }[] };
  configMap?: { name: string };
  serviceAccountToken?: { audience: string; path: string };
}

interface Volume {
  name: string;
  projected?: { sources: Source[] };
  secret?: { secretName: string; items?: { key: string; path: string }[] };
  configMap?: { name: string };
  emptyDir?: { sizeLimit?: string };
}

export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken: boolean;
  securityContext: Record<string, unknown>;
  containers: [Container, ...Container[]];
  volumes?: Volume[];
  imagePullSecrets?: { name: string }[];
  topologySpreadConstraints?: { topologyKey: string }[];
}

export const helm = async (...parameters: string[]): Promise<string> => {
  const done = await run(join(toolsFolder ?? '', 'kube/kube'), ['helm', ...parameters], {
    maxBuffer: 16 * 1024 * 1024,
  });
  return done.stdout;
};

export const valuesOf = (environment: Environment): string[] => ['-f', join(chart, `values-${environment}.yaml`)];

const someId = '00000000-0000-0000-0000-000000000007';
/** Everything that a values file may leave out, asked for. */
export const everythingElse = [
  'traces.url=https://traces.example/v1/traces',
  'traces.signIn=azure',
  'traces.jobsUrl=http://alloy.monitoring.svc:4318/v1/traces',
  `azure.clientIds.auth=${someId}`,
  `azure.clientIds.catalog=${someId}`,
  `azure.clientIds.migrations=${someId}`,
  'settings.url=https://settings.example',
  'images.pullSecrets[0]=registry',
  'trust.configMap=authorities',
  'database.signIn=entra',
  'database.administratorLogin=database-administrators',
  ...['auth', 'billing', 'catalog', 'portal'].map((name) => `database.identities.${name}=${someId}`),
].flatMap((value) => ['--set', value]);

/** The chart's manifests as they are for an environment, hooks included. */
export const render = (environment: Environment, ...more: string[]): Promise<string> =>
  helm('template', 'legendops', chart, '--namespace', 'legendops', ...valuesOf(environment), ...more);

export const manifestsOf = (text: string): Manifest[] =>
  parseAllDocuments(text).flatMap((document) => {
    const manifest = document.toJS() as Manifest | null;
    return manifest === null ? [] : [manifest];
  });

export interface Pod {
  name: string;
  kind: string;
  labels: Record<string, string>;
  spec: PodSpec;
}

/** Everything that becomes a pod. */
export const podsOf = (manifests: readonly Manifest[]): Pod[] =>
  manifests.flatMap((manifest) => {
    const { kind, metadata, spec } = manifest;
    if (kind === 'Pod')
      return [{ name: metadata.name, kind, labels: metadata.labels ?? {}, spec: spec as unknown as PodSpec }];
    const ofJob = (spec?.['jobTemplate'] as { spec: Record<string, unknown> } | undefined)?.spec;
    const template = (ofJob ?? spec)?.['template'] as
      | { metadata: { labels: Record<string, string> }; spec: PodSpec }
      | undefined;
    if (template === undefined) return [];
    return [{ name: metadata.name, kind, labels: template.metadata.labels, spec: template.spec }];
  });

export const ofKind = (manifests: readonly Manifest[], kind: string): Manifest[] =>
  manifests.filter((manifest) => manifest.kind === kind);
