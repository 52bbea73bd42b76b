import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { tenantNamespace } from './first-invoice.ts';
import { deployments, platformNamespace, surroundingsNamespace, type Platform } from './platform.ts';
import { evaluateIn, partOf, podOf, runningPods, type PodSeen } from './pods.ts';
import { endStandIns, ports, startStandIns, type StandIn } from './stand-ins.ts';
import type { Seen } from './summary.ts';

interface Row {
  from: string;
  to: string;
  port?: keyof typeof ports;
  /** What the values have to ask for; nothing of that is asked for here. */
  when?: string;
}

interface Target {
  to: string;
  port?: keyof typeof ports;
  host: string;
  number: number;
}

interface Source {
  from: string;
  pod: PodSeen;
  /** False where a namespace has no policies of ours: what leaves it is not ours to hold. */
  isHeld: boolean;
}

const tablePath = join(import.meta.dirname, '../../../charts/legendops/files/who-talks-to-whom.yaml');

// Parts whose pods come and go.
const passing = ['migrations', 'helm-test'] as const;
const parts = [...deployments, ...passing] as const;

// The operator writes the policy of a tenant's namespace, so the chart's table has nothing of it but the half of billing.
const ofTenants: readonly Row[] = [
  { from: 'tenants', to: 'database' },
  { from: 'tenants', to: 'vendors' },
];

const outside = [
  { to: 'database', part: 'postgres', number: 5_432 },
  { to: 'vault', part: 'vault', number: 8_443 },
  { to: 'signIn', part: 'sign-in', number: 8_443 },
  { to: 'mail', part: 'mail', number: 1_025 },
  { to: 'vendors', part: 'pax8', number: 8_080 },
  { to: 'vendors', part: 'quickbooks', number: 8_080 },
  { to: 'vendors', part: 'superops', number: 8_080 },
  { to: 'vendors', part: 'superops', number: 8_081 },
  { to: 'vendors', part: 'teams', number: 8_080 },
] as const;

const asPart = (part: string, name = `${part}-stand-in`): StandIn => ({
  name,
  namespace: platformNamespace,
  labels: { 'app.kubernetes.io/name': part, 'app.kubernetes.io/instance': 'legendops' },
});
const strangers = [
  { name: 'gateway', namespace: 'gateway-system', labels: {} },
  { name: 'monitoring', namespace: 'monitoring', labels: {} },
  { name: 'tenants', namespace: tenantNamespace, labels: {} },
  { name: 'stranger', namespace: 'default', labels: {} },
] as const satisfies StandIn[];

const targetsOf = async ({ machine }: Platform, standIns: Map<string, PodSeen>): Promise<Target[]> => {
  const ours = parts.flatMap((to) =>
    Object.entries(ports).map(([port, number]) => ({
      to,
      port: port as keyof typeof ports,
      host: standIns.get(`${to}-stand-in`)?.status.podIP ?? '',
      number,
    })),
  );
  const around = await runningPods(machine, surroundingsNamespace);
  const others = outside.map(({ to, part, number }) => ({
    to,
    host: around.find((pod) => partOf(pod) === part)?.status.podIP ?? '',
    number,
  }));
  const api = ['get', 'endpointslices', '-l', 'kubernetes.io/service-name=kubernetes', '-o', 'json'];
  const { items } = JSON.parse(await machine.kubectl(api)) as {
    items: [{ endpoints: [{ addresses: [string] }]; ports: [{ port: number }] }];
  };
  const [{ endpoints, ports: apiPorts }] = items;
  return [...ours, ...others, { to: 'kubernetes', host: endpoints[0].addresses[0], number: apiPorts[0].port }];
};

const sourcesOf = async ({ machine }: Platform, standIns: Map<string, PodSeen>): Promise<Source[]> => {
  const sources: Source[] = [];
  for (const from of deployments) sources.push({ from, pod: await podOf(machine, from), isHeld: true });
  const standIn = (name: string): PodSeen => standIns.get(name) as PodSeen;
  for (const from of passing) sources.push({ from, pod: standIn(`${from}-asks`), isHeld: true });
  for (const { name } of strangers) sources.push({ from: name, pod: standIn(name), isHeld: name === 'tenants' });
  return sources;
};

// Refused by a policy is silence. A connection that is refused by its target has reached it.
const probe = (targets: readonly Target[]): string => `
  import { connect } from 'node:net';
  const reach = ({ host, number }) => new Promise((resolve) => {
    const socket = connect({ host, port: number, timeout: 3000 });
    const end = (reached) => { socket.destroy(); resolve(reached); };
    socket.on('connect', () => end(true)).on('timeout', () => end(false));
    socket.on('error', ({ code }) => end(code === 'ECONNREFUSED'));
  });
  console.log(JSON.stringify(await Promise.all(${JSON.stringify(targets)}.map(reach))));`;

/** Every pair of the table in charts/legendops, and every pair that is not in it: reached, or refused, as it is written. */
export const probeNetwork = async (platform: Platform): Promise<Seen> => {
  const { machine } = platform;
  const written = (parse(await readFile(tablePath, 'utf8')) as Row[]).filter(({ when }) => when === undefined);
  const rows = [...written, ...ofTenants];
  // One double is the vault of all who write.
  const table = rows.map((row) => (row.to.endsWith('Vault') ? { ...row, to: 'vault' } : row));
  const namespace = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'monitoring' } });
  await machine.kubectl(['apply', '-f', '-'], { input: namespace });
  const standIns = await startStandIns(machine, [
    ...parts.map((part) => asPart(part)),
    // A pod always reaches itself: who asks is another one.
    ...passing.map((part) => asPart(part, `${part}-asks`)),
    ...strangers,
  ]);
  try {
    const targets = await targetsOf(platform, standIns);
    const wrong: string[] = [];
    const counts = { allowed: 0, refused: 0 };
    const see = async ({ from, pod, isHeld }: Source): Promise<void> => {
      const asked = targets.filter(({ port }) => isHeld || port !== undefined);
      const reached = await evaluateIn<boolean[]>(machine, pod, probe(asked));
      for (const [index, { to, port, number }] of asked.entries()) {
        const wanted = table.some((row) => row.from === from && row.to === to && row.port === port);
        counts[wanted ? 'allowed' : 'refused'] += 1;
        if (reached[index] !== wanted)
          wrong.push(`${from} to ${to} at ${number} is ${wanted ? 'not reached' : 'reached'}`);
      }
    };
    const sources = await sourcesOf(platform, standIns);
    await Promise.all(sources.map(see));
    if (wrong.length > 0) throw new Error(`${wrong.length} pairs are not as written: ${wrong.join('; ')}`);
    return {
      count: counts.allowed + counts.refused,
      of: `pairs probed: ${counts.allowed} reached, ${counts.refused} refused, as written`,
    };
  } finally {
    await endStandIns(machine);
  }
};
