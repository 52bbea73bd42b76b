import { isDeepStrictEqual } from 'node:util';
import { ofKind, podsOf, type Manifest, type Pod } from './rendered.ts';

type Rule = (manifests: readonly Manifest[]) => string[];
interface RoleRule {
  resources: string[];
  resourceNames?: string[];
  verbs: string[];
}

const namesWhere = <T extends { name: string }>(all: readonly T[], isWrong: (one: T) => boolean): string[] =>
  all.filter(isWrong).map(({ name }) => name);
const named = (manifests: readonly Manifest[], kind: string) =>
  ofKind(manifests, kind).map((manifest) => ({ ...manifest, name: manifest.metadata.name }));
const standing = (manifests: readonly Manifest[]): Pod[] =>
  podsOf(manifests).filter(({ kind }) => kind === 'Deployment');
const selects = (selector: unknown, labels: Record<string, string> = {}): boolean => {
  const { matchLabels = {} } = selector as { matchLabels?: Record<string, string> };
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
};
const ownPolicies = (manifests: readonly Manifest[]) =>
  named(manifests, 'NetworkPolicy').filter(({ name }) => name !== 'default-deny');
const rolesOf = (manifests: readonly Manifest[]) =>
  [...named(manifests, 'Role'), ...named(manifests, 'ClusterRole')] as unknown as { name: string; rules: RoleRule[] }[];

const nothingToBecome = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
};
const sizes = ['cpu', 'ephemeral-storage', 'memory'];
const callsTheApi = new Set(['migrations', 'tenant-operator']);
const isSecret = (name: string): boolean =>
  /PASSWORD|SECRET|KEY|SMTP/.test(name) && !/_(PATH|KEYS_URL|SECRET)$/.test(name);

/**
 * What kube-linter and kube-score look for, by their names, each returning who breaks it. Left out: `no-anti-affinity`, which
 * topology spread answers, and `container-image-pull-policy` Always, which images that are loaded into a node cannot have.
 */
export const rules: Record<string, Rule> = {
  'run-as-non-root, container-security-context-user-group-id': (manifests) =>
    namesWhere(podsOf(manifests), ({ spec: { securityContext: found } }) => {
      const profile = isDeepStrictEqual(found['seccompProfile'], { type: 'RuntimeDefault' });
      return !(
        profile &&
        found['runAsNonRoot'] === true &&
        found['runAsUser'] === 65_532 &&
        found['runAsGroup'] === 65_532
      );
    }),
  'host-network, host-pid, host-ipc': (manifests) =>
    namesWhere(podsOf(manifests), ({ spec }) => Object.keys(spec).some((key) => key.startsWith('host'))),
  'privilege-escalation-container, drop-net-raw-capability': (manifests) =>
    namesWhere(podsOf(manifests), ({ spec }) =>
      spec.containers.some(({ securityContext }) => !isDeepStrictEqual(securityContext, nothingToBecome)),
    ),
  'no-read-only-root-fs': (manifests) =>
    namesWhere(podsOf(manifests), ({ spec }) =>
      spec.containers.some(({ volumeMounts = [] }) =>
        volumeMounts.some(({ readOnly, mountPath }) => readOnly !== true && mountPath !== '/tmp'),
      ),
    ),
  'unset-cpu-requirements, unset-memory-requirements, container-ephemeral-storage-request-and-limit': (manifests) =>
    namesWhere(podsOf(manifests), ({ spec }) =>
      spec.containers.some(({ resources: { requests, limits } }) =>
        [requests, limits].some((part) => !isDeepStrictEqual(Object.keys(part).sort(), sizes)),
      ),
    ),
  'latest-tag': (manifests) =>
    namesWhere(podsOf(manifests), ({ spec }) => spec.containers.some(({ image }) => !/:\d+\.\d+\.\d+/.test(image))),
  'no-liveness-probe, no-readiness-probe, pod-probes-identical': (manifests) =>
    namesWhere(standing(manifests), ({ spec }) =>
      spec.containers.some(({ livenessProbe: live, readinessProbe: ready, startupProbe: start, ports = [] }) => {
        const known = new Set(ports.map(({ name }) => name));
        if (!live || !ready || !start) return true;
        return (
          live.httpGet.path === ready.httpGet.path ||
          [live, ready, start].some(({ httpGet }) => !known.has(httpGet.port))
        );
      }),
    ),
  'default-service-account': (manifests) => {
    const accounts = new Set(named(manifests, 'ServiceAccount').map(({ name }) => name));
    const withAccount = podsOf(manifests).filter(({ kind }) => kind !== 'Pod');
    return namesWhere(withAccount, ({ spec }) => !accounts.has(spec.serviceAccountName ?? ''));
  },
  'automounted service account tokens': (manifests) =>
    namesWhere(podsOf(manifests), ({ name, spec }) => spec.automountServiceAccountToken !== callsTheApi.has(name)),
  'pod-topology-spread-constraints': (manifests) =>
    namesWhere(standing(manifests), ({ spec: { topologySpreadConstraints: spread = [] } }) => {
      const keys = spread.map(({ topologyKey }) => topologyKey);
      return !isDeepStrictEqual(keys, ['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
    }),
  'deployment-has-poddisruptionbudget': (manifests) => {
    const budgets = named(manifests, 'PodDisruptionBudget');
    return namesWhere(
      standing(manifests),
      ({ labels }) => budgets.filter(({ spec }) => selects(spec?.['selector'], labels)).length !== 1,
    );
  },
  'non-isolated-pod': (manifests) =>
    namesWhere(
      podsOf(manifests),
      ({ labels }) => ownPolicies(manifests).filter(({ spec }) => selects(spec?.['podSelector'], labels)).length !== 1,
    ),
  'dangling-networkpolicy': (manifests) =>
    namesWhere(ownPolicies(manifests), ({ spec }) =>
      podsOf(manifests).every(({ labels }) => !selects(spec?.['podSelector'], labels)),
    ),
  'network policies for both directions': (manifests) =>
    namesWhere(
      named(manifests, 'NetworkPolicy'),
      ({ spec }) => !isDeepStrictEqual(spec?.['policyTypes'], ['Ingress', 'Egress']),
    ),
  'dangling-horizontalpodautoscaler': (manifests) =>
    namesWhere(named(manifests, 'HorizontalPodAutoscaler'), ({ name }) =>
      named(manifests, 'Deployment').every((one) => one.name !== name),
    ),
  'horizontalpodautoscaler-replicas': (manifests) => {
    const scaled = new Set(named(manifests, 'HorizontalPodAutoscaler').map(({ name }) => name));
    return namesWhere(
      named(manifests, 'Deployment'),
      ({ name, spec }) => (spec?.['replicas'] === undefined) !== scaled.has(name),
    );
  },
  'dangling-servicemonitor': (manifests) =>
    namesWhere(
      named(manifests, 'ServiceMonitor'),
      ({ spec }) =>
        ofKind(manifests, 'Service').filter(({ metadata }) => selects(spec?.['selector'], metadata.labels)).length !==
        1,
    ),
  'wildcard-in-rules': (manifests) =>
    namesWhere(rolesOf(manifests), ({ rules: held }) => JSON.stringify(held).includes('"*"')),
  'access-to-secrets': (manifests) =>
    namesWhere(rolesOf(manifests), ({ rules: held }) =>
      held.some(
        ({ resources, resourceNames, verbs }) =>
          resources.includes('secrets') && !resourceNames?.length && verbs.some((verb) => verb !== 'create'),
      ),
    ),
  'env-var-secret: no secret in clear': (manifests) => [
    ...namesWhere(podsOf(manifests), ({ spec }) =>
      spec.containers.some(({ env = [] }) => env.some(({ name, value }) => isSecret(name) && value !== undefined)),
    ),
    ...named(manifests, 'Secret').map(({ name }) => name),
  ],
};
