import { BlockList } from 'node:net';
import { describe, expect, test } from 'vitest';
import { aTenant } from '../testing/a-tenant.ts';
import {
  desiredLimits,
  desiredNamespace,
  desiredPolicy,
  desiredQuota,
  desiredServiceAccount,
  ownsNamespace,
} from './namespace.ts';

const config = {
  namespace: 'legendops',
  podPorts: { billing: 8081, portal: 8083 },
  jobDatabases: {
    billing_db: { host: 'db', port: 6432, name: 'billing_db' },
    portal_db: { host: 'other', port: 6432, name: 'portal_db' },
  },
};
interface Rule {
  to?: { namespaceSelector?: { matchLabels: Record<string, string> }; ipBlock?: { except: string[] } }[];
  ports: { protocol: string; port: number }[];
}
const policy = () => desiredPolicy(aTenant(), config).spec as { egress: Rule[] };
const ruleFor = (port: number): Rule | undefined =>
  policy().egress.find(({ ports }) => ports.some((one) => one.port === port));
const onlyTo = (namespace: string) => [
  { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } },
];

test('the namespace says whose it is and lets no privileged pod in', () => {
  expect(desiredNamespace(aTenant()).metadata).toEqual({
    name: 'tenant-northwind',
    labels: {
      'platform.legendops.io/tenant': 'northwind',
      'app.kubernetes.io/managed-by': 'legendops-tenant-operator',
      'platform.legendops.io/tenant-uid': '0b1f6b1e-6a51-4d3c-9a59-0f6f4b8f8a01',
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'latest',
    },
  });
});

test('a namespace is ours by the uid of its tenant, not by the name', () => {
  const mine = desiredNamespace(aTenant());
  expect(ownsNamespace(aTenant(), mine)).toBe(true);
  const again = { ...aTenant(), metadata: { ...aTenant().metadata, uid: 'another' } };
  expect(ownsNamespace(again, mine)).toBe(false);
  expect(ownsNamespace(aTenant(), { metadata: { name: 'tenant-northwind' } })).toBe(false);
});

test.each([
  ['2', '2Gi', '2', '2Gi'],
  ['2000m', '2048Mi', '2', '2Gi'],
  ['500m', '1536Mi', '500m', '1536Mi'],
  ['1500m', '1048576Ki', '1500m', '1Gi'],
  ['3', '1073741824', '3', '1073741824'],
])('a quota of %s CPU and %s memory is written as the API server keeps it', (cpu, memory, keptCpu, keptMemory) => {
  expect(desiredQuota(aTenant({ spec: { namespace: { quota: { cpu, memory, pods: 7 } } } })).spec).toEqual({
    hard: {
      'requests.cpu': keptCpu,
      'limits.cpu': keptCpu,
      'requests.memory': keptMemory,
      'limits.memory': keptMemory,
      pods: '7',
    },
  });
});

test('every pod gets requests and limits, or the quota would refuse it', () => {
  expect(desiredLimits(aTenant()).spec).toEqual({
    limits: [
      { type: 'Container', default: { cpu: '500m', memory: '256Mi' }, defaultRequest: { cpu: '50m', memory: '128Mi' } },
    ],
  });
});

describe('the network policy', () => {
  test('holds for every pod and both ways, and lets nothing in', () => {
    expect(policy()).toMatchObject({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(policy()).toHaveProperty('ingress', []);
  });

  test('lets out to DNS, the databases, billing, portal and vendors, and nowhere else', () => {
    expect(policy().egress.flatMap(({ ports }) => ports.map(({ protocol, port }) => `${protocol} ${port}`))).toEqual([
      'UDP 53',
      'TCP 53',
      'TCP 6432',
      'TCP 8081',
      'TCP 8083',
      'TCP 443',
    ]);
  });

  test('asks DNS of kube-system alone, services of the platform’s namespace alone', () => {
    expect(ruleFor(53)?.to).toEqual(onlyTo('kube-system'));
    expect(ruleFor(8081)?.to).toEqual(onlyTo('legendops'));
  });

  test('takes vendors to be outside: neither the cluster nor a cloud’s metadata service', () => {
    const [peer] = ruleFor(443)?.to ?? [];
    const except = new BlockList();
    for (const range of peer?.ipBlock?.except ?? []) {
      const [address = '', bits] = range.split('/');
      except.addSubnet(address, Number(bits));
    }
    const reached = ['10.0.0.10', '172.20.1.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '52.1.2.3'];
    expect(reached.filter((address) => !except.check(address))).toEqual(['52.1.2.3']);
  });

  test('finds vendors where the configuration says that they are within the cluster, and then nowhere else', () => {
    const peers = onlyTo('stand-ins');
    const { egress } = desiredPolicy(aTenant(), { ...config, jobVendors: { peers, ports: [8080] } }).spec as {
      egress: Rule[];
    };
    expect(egress.at(-1)).toEqual({ to: peers, ports: [{ protocol: 'TCP', port: 8080 }] });
    expect(JSON.stringify(egress)).not.toContain('0.0.0.0');
  });

  test('reaches a collector of traces at its pods, where jobs are to send any', () => {
    const peers = onlyTo('monitoring');
    const jobTraces = { url: 'http://alloy.monitoring.svc:4318/v1/traces', sampleRatio: 1, peers, ports: [4318] };
    const { egress } = desiredPolicy(aTenant(), { ...config, jobTraces }).spec as { egress: Rule[] };
    expect(egress.at(-1)).toEqual({ to: peers, ports: [{ protocol: 'TCP', port: 4318 }] });
  });
});

test('the jobs’ account gets no token of the cluster by itself', () => {
  expect(desiredServiceAccount(aTenant())).toMatchObject({
    metadata: { name: 'billing-job', namespace: 'tenant-northwind' },
    automountServiceAccountToken: false,
  });
});
