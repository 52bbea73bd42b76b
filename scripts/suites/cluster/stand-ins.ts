import { eventually } from '@legendops/kit/testing/eventually';
import { imageNamed } from './images.ts';
import type { Machine } from './machine.ts';
import { podsIn, type PodSeen } from './pods.ts';

/** The ports of every part of ours. */
export const ports = { public: 8080, internal: 8081, management: 8082 } as const;

const listening = `
  const { createServer } = require('node:net');
  for (const port of [${Object.values(ports).join(', ')}]) createServer((socket) => socket.end()).listen(port, '0.0.0.0');
  process.on('SIGTERM', () => process.exit(0));`;

export interface StandIn {
  name: string;
  namespace: string;
  labels: Readonly<Record<string, string>>;
}

// Never ready, by a gate that nobody opens: no Service sends it a request of somebody else.
const manifest = ({ name, namespace, labels }: StandIn) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels: { ...labels, 'legendops.io/stand-in': 'true' } },
  spec: {
    readinessGates: [{ conditionType: 'legendops.io/never' }],
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 1,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_532,
      runAsGroup: 65_532,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'stand-in',
        image: imageNamed('frontend'),
        args: ['-e', listening],
        resources: { requests: { cpu: '1m', memory: '32Mi' }, limits: { cpu: '200m', memory: '96Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
  },
});

const isRunning = ({ status }: PodSeen): boolean =>
  status.podIP !== undefined && (status.containerStatuses ?? []).some(({ ready }) => ready);

/** Pods that a policy takes for others by their labels, and that listen at every port of ours. */
export const startStandIns = async (machine: Machine, wanted: readonly StandIn[]): Promise<Map<string, PodSeen>> => {
  const items = wanted.map(manifest);
  await machine.kubectl(['apply', '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) });
  const namespaces = new Set(wanted.map(({ namespace }) => namespace));
  return eventually(
    'the stand-ins run',
    async () => {
      const pods = await Promise.all([...namespaces].map((namespace) => podsIn(machine, namespace)));
      const running = new Map(
        pods.flat().flatMap((pod) => (isRunning(pod) ? [[`${pod.metadata.namespace}/${pod.metadata.name}`, pod]] : [])),
      );
      const found = new Map<string, PodSeen>();
      for (const { namespace, name } of wanted) {
        const pod = running.get(`${namespace}/${name}`);
        if (pod === undefined) return undefined;
        found.set(name, pod);
      }
      return found;
    },
    { withinMs: 120_000, everyMs: 1_000 },
  );
};

export const endStandIns = async ({ kubectl }: Machine): Promise<void> => {
  await kubectl(['delete', 'pods', '-A', '-l', 'legendops.io/stand-in=true', '--grace-period=1']);
};
