import { beforeAll, describe, expect, it } from 'vitest';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { environments, manifestsOf, podsOf, render, type Manifest } from './rendered.ts';
import { rules } from './rules.ts';

const parts = ['auth', 'billing', 'catalog', 'frontend', 'helm-test', 'migrations', 'portal', 'tenant-operator'];

describe.skipIf(toolsFolder === undefined).each(environments)(
  'the chart for %s (needs LEGENDOPS_TOOLS)',
  (environment) => {
    let manifests: Manifest[];
    beforeAll(async () => {
      manifests = manifestsOf(await render(environment));
    });

    it('makes pods of seven parts and one that tests them', () => {
      expect(
        podsOf(manifests)
          .map(({ name }) => name)
          .sort(),
      ).toEqual(parts);
    });

    it.each(Object.entries(rules))('breaks nowhere the rule %s', (_, rule) => {
      expect(rule(manifests)).toEqual([]);
    });
  },
);

describe.skipIf(toolsFolder === undefined)('each rule sees its fault (needs LEGENDOPS_TOOLS)', () => {
  let text: string;
  beforeAll(async () => {
    text = await render('prod');
  });

  const faults: [rule: string, part: string, with_: string][] = [
    ['run-as-non-root, container-security-context-user-group-id', 'runAsUser: 65532', 'runAsUser: 0'],
    ['host-network, host-pid, host-ipc', 'enableServiceLinks: false', 'hostNetwork: true'],
    ['privilege-escalation-container, drop-net-raw-capability', 'drop: [ALL]', 'drop: [NET_RAW]'],
    ['no-read-only-root-fs', 'mountPath: /tmp', 'mountPath: /var'],
    [
      'unset-cpu-requirements, unset-memory-requirements, container-ephemeral-storage-request-and-limit',
      'memory: 512Mi',
      'swap: 512Mi',
    ],
    ['latest-tag', 'legendops/auth:0.1.0', 'legendops/auth:latest'],
    ['no-liveness-probe, no-readiness-probe, pod-probes-identical', 'path: /readyz', 'path: /livez'],
    ['default-service-account', 'serviceAccountName: auth', 'serviceAccountName: default'],
    [
      'automounted service account tokens',
      'automountServiceAccountToken: false\n      enable',
      'x: false\n      enable',
    ],
    ['pod-topology-spread-constraints', 'topologyKey: topology.kubernetes.io/zone', 'topologyKey: none'],
    ['deployment-has-poddisruptionbudget', 'kind: PodDisruptionBudget', 'kind: ConfigMap'],
    ['non-isolated-pod', 'kind: NetworkPolicy\nmetadata:\n  name: auth', 'kind: ConfigMap\nmetadata:\n  name: auth'],
    ['dangling-networkpolicy', 'kind: Pod\n', 'kind: ConfigMap\n'],
    ['network policies for both directions', 'policyTypes: [Ingress, Egress]', 'policyTypes: [Ingress]'],
    ['dangling-horizontalpodautoscaler', 'kind: Deployment', 'kind: ConfigMap'],
    ['horizontalpodautoscaler-replicas', 'revisionHistoryLimit: 5', 'replicas: 2'],
    ['dangling-servicemonitor', 'kind: Service\n', 'kind: ConfigMap\n'],
    ['wildcard-in-rules', 'verbs: [create]', "verbs: ['*']"],
    ['access-to-secrets', 'resourceNames: [legendops-logins, legendops-keys]', 'resourceNames: []'],
    ['env-var-secret: no secret in clear', '{name: PAX8_AUDIENCE,', '{name: PAX8_PASSWORD,'],
  ];

  it.each(faults)('%s, where "%s" is "%s"', (rule, part, wrong) => {
    expect(text).toContain(part);
    expect(rules[rule]?.(manifestsOf(text.replaceAll(part, wrong)))).not.toEqual([]);
  });

  it('and no rule is without one', () => {
    expect(faults.map(([rule]) => rule).sort()).toEqual(Object.keys(rules).sort());
  });
});
