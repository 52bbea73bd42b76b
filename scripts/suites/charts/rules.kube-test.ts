import { beforeAll, describe, expect, it } from 'vitest';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { environments, manifestsOf, ofKind, podsOf, render, type Manifest, type Pod } from './rendered.ts';

const selects = (selector: unknown, labels: Record<string, string>): boolean => {
  const wanted = (selector as { matchLabels?: Record<string, string> }).matchLabels ?? {};
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
};
const isStanding = ({ kind }: Pod): boolean => kind === 'Deployment';
const secretsRead = ({
  rules = [],
}: {
  rules?: { resources: string[]; resourceNames?: string[]; verbs: string[] }[];
}) => rules.filter(({ resources, verbs }) => resources.includes('secrets') && verbs.some((verb) => verb !== 'create'));

// What kube-linter and kube-score look for, where it holds for this chart; by their names. Left out: `no-anti-affinity`, which
// topology spread answers; `container-image-pull-policy` Always, which images loaded into a node cannot have.
describe.skipIf(toolsFolder === undefined).each(environments)(
  'the manifests for %s (needs LEGENDOPS_TOOLS)',
  (environment) => {
    let manifests: Manifest[];
    let pods: Pod[];
    beforeAll(async () => {
      manifests = manifestsOf(await render(environment));
      pods = podsOf(manifests);
    });

    it('are pods of seven parts, a hook and a test', () => {
      expect(pods.map(({ name }) => name).sort()).toEqual(
        ['auth', 'billing', 'catalog', 'frontend', 'helm-test', 'migrations', 'portal', 'tenant-operator'].sort(),
      );
    });

    it('run-as-non-root, container-security-context-user-group-id, host-*: as nobody, by number', () => {
      for (const { name, spec } of pods) {
        expect(spec.securityContext, name).toMatchObject({
          runAsNonRoot: true,
          runAsUser: 65_532,
          runAsGroup: 65_532,
          seccompProfile: { type: 'RuntimeDefault' },
        });
        expect(
          Object.keys(spec).filter((key) => key.startsWith('host')),
          name,
        ).toEqual([]);
      }
    });

    it('no-read-only-root-fs, privilege-escalation, drop-net-raw: nothing to write but /tmp, nothing to become', () => {
      for (const { name, spec } of pods)
        for (const container of spec.containers) {
          expect(container.securityContext, name).toEqual({
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            capabilities: { drop: ['ALL'] },
          });
          const writable = container.volumeMounts?.filter(({ readOnly }) => readOnly !== true) ?? [];
          expect(
            writable.map(({ mountPath }) => mountPath).filter((path) => path !== '/tmp'),
            name,
          ).toEqual([]);
        }
    });

    it('unset-cpu-requirements, unset-memory-requirements, ephemeral storage: asked for and limited', () => {
      for (const { name, spec } of pods)
        for (const { resources } of spec.containers)
          for (const part of [resources.requests, resources.limits])
            expect(Object.keys(part).sort(), name).toEqual(['cpu', 'ephemeral-storage', 'memory']);
    });

    it('latest-tag: every image has a version', () => {
      for (const { name, spec } of pods)
        for (const { image } of spec.containers) expect(image, name).toMatch(/:[0-9]+\.[0-9]+\.[0-9]+$/);
    });

    it('no-liveness-probe, no-readiness-probe, pod-probes-identical: life and readiness are asked apart', () => {
      for (const { name, spec } of pods.filter(isStanding))
        for (const { livenessProbe, readinessProbe, startupProbe, ports } of spec.containers) {
          expect(livenessProbe?.httpGet.path, name).not.toBe(readinessProbe?.httpGet.path);
          expect(startupProbe?.httpGet, name).toEqual(livenessProbe?.httpGet);
          for (const probe of [livenessProbe, readinessProbe])
            expect(
              ports?.map((port) => port.name),
              name,
            ).toContain(probe?.httpGet.port);
        }
    });

    it('default-service-account, automount: each its own account, the API for those that call it', () => {
      const accounts = ofKind(manifests, 'ServiceAccount').map(({ metadata }) => metadata.name);
      for (const { name, spec } of pods.filter(({ kind }) => kind !== 'Pod')) {
        expect(accounts, name).toContain(spec.serviceAccountName);
        expect(spec.automountServiceAccountToken, name).toBe(['migrations', 'tenant-operator'].includes(name));
      }
    });

    it('topology spread, and a disruption budget for whatever stands', () => {
      const budgets = ofKind(manifests, 'PodDisruptionBudget');
      for (const { name, labels, spec } of pods.filter(isStanding)) {
        expect(
          spec.topologySpreadConstraints?.map(({ topologyKey }) => topologyKey),
          name,
        ).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
        expect(budgets.filter((budget) => selects(budget.spec?.['selector'], labels)).length, name).toBe(1);
      }
    });

    it('non-isolated-pod, dangling-networkpolicy: each pod has a policy of its own, both ways, each policy a pod', () => {
      const policies = ofKind(manifests, 'NetworkPolicy');
      for (const policy of policies) expect(policy.spec?.['policyTypes']).toEqual(['Ingress', 'Egress']);
      const [deny, ...own] = policies.sort((a) => (a.metadata.name === 'default-deny' ? -1 : 1));
      expect(deny?.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
      for (const { name, labels } of pods)
        expect(own.filter((policy) => selects(policy.spec?.['podSelector'], labels)).length, name).toBe(1);
      for (const { metadata, spec } of own)
        expect(
          pods.some(({ labels }) => selects(spec?.['podSelector'], labels)),
          metadata.name,
        ).toBe(true);
    });

    it('dangling-horizontalpodautoscaler, dangling-servicemonitor, HPA without static replicas', () => {
      const deployments = ofKind(manifests, 'Deployment');
      const scaled = ofKind(manifests, 'HorizontalPodAutoscaler').map(({ metadata }) => metadata.name);
      for (const { metadata, spec } of deployments)
        expect(spec?.['replicas'] === undefined, metadata.name).toBe(scaled.includes(metadata.name));
      for (const name of scaled) expect(deployments.map(({ metadata }) => metadata.name)).toContain(name);
      const services = ofKind(manifests, 'Service');
      for (const { metadata, spec } of ofKind(manifests, 'ServiceMonitor'))
        expect(
          services.filter((service) => selects(spec?.['selector'], service.metadata.labels ?? {})),
          metadata.name,
        ).toHaveLength(1);
    });

    it('wildcard-in-rules, access-to-secrets: no star, and Secrets by name alone', () => {
      for (const kind of ['Role', 'ClusterRole'])
        for (const role of ofKind(manifests, kind) as (Manifest & Parameters<typeof secretsRead>[0])[]) {
          expect(JSON.stringify(role.rules), role.metadata.name).not.toContain('"*"');
          for (const { resourceNames } of secretsRead(role))
            expect(resourceNames?.length, role.metadata.name).toBeGreaterThan(0);
        }
    });

    it('hold no secret: what is secret comes from a Secret', () => {
      for (const { spec } of pods)
        for (const { env = [] } of spec.containers)
          for (const { name, value } of env)
            if (/PASSWORD|SECRET|KEY|SMTP/.test(name) && !/_(PATH|KEYS_URL|SECRET)$/.test(name))
              expect(value, name).toBeUndefined();
      expect(ofKind(manifests, 'Secret')).toEqual([]);
    });
  },
);
