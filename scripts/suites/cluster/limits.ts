import { eventually } from '@legendops/kit/testing/eventually';
import { tenantNamespace } from './first-invoice.ts';
import { imageNamed } from './images.ts';
import type { Platform } from './platform.ts';
import type { PodSeen } from './pods.ts';
import type { Seen } from './summary.ts';

const label = 'legendops.io/of-limits';

interface Wish {
  resources?: object;
  security?: object;
  pod?: object;
  args?: readonly string[];
}

const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

const podOf = (name: string, { resources, security, pod, args = ['-e', ''] }: Wish): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: tenantNamespace, labels: { [label]: 'true' } },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 65_532, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'one',
          image: imageNamed('frontend'),
          args,
          securityContext: { ...restricted, ...security },
          ...(resources !== undefined && { resources }),
        },
      ],
      ...pod,
    },
  });

const limits = (cpu: string, memory: string): object => ({ requests: { cpu, memory }, limits: { cpu, memory } });

// Each by the word that names the wall it meets.
const refused: readonly [name: string, said: RegExp, wish: Wish][] = [
  ['more-cpu', /exceeded quota.*cpu/, { resources: limits('64', '64Mi') }],
  ['more-memory', /exceeded quota.*memory/, { resources: limits('10m', '512Gi') }],
  [
    'privileged',
    /violates PodSecurity "restricted/,
    { security: { privileged: true, allowPrivilegeEscalation: true } },
  ],
  ['root', /violates PodSecurity "restricted/, { security: { runAsUser: 0, runAsNonRoot: false } }],
  ['host-network', /violates PodSecurity "restricted/, { pod: { hostNetwork: true } }],
  ['host-path', /violates PodSecurity "restricted/, { pod: { volumes: [{ name: 'all', hostPath: { path: '/' } }] } }],
  ['capability', /violates PodSecurity "restricted/, { security: { capabilities: { add: ['NET_RAW'] } } }],
];

// Nowhere to run: it counts against the quota and costs nothing.
const nowhere: Wish = { resources: limits('1m', '8Mi'), pod: { nodeSelector: { 'legendops.io/nowhere': 'true' } } };

const glutton: Wish = {
  resources: limits('500m', '64Mi'),
  args: ['-e', 'const all = []; for (;;) all.push(Buffer.alloc(8 << 20, 1));'],
};

/** What bounds a tenant's namespace: each wish beyond it is refused, and a process that takes more than its limit is ended. */
export const tryLimits = async ({ machine: { kubectl } }: Platform): Promise<Seen> => {
  const inNamespace = ['-n', tenantNamespace];
  const create = (name: string, wish: Wish): Promise<string> =>
    kubectl(['create', '-f', '-'], { input: podOf(name, wish), mayFail: true });
  const remove = (): Promise<string> =>
    kubectl([...inNamespace, 'delete', 'pods', '-l', label, '--grace-period=0', '--force'], { mayFail: true });
  const read = async <T>(kind: string): Promise<T> =>
    JSON.parse(await kubectl([...inNamespace, 'get', kind, '-o', 'json'])) as T;

  try {
    for (const [name, said, wish] of refused) {
      const answer = await create(name, wish);
      if (!said.test(answer)) throw new Error(`${name} is not refused as it should be: ${answer}`);
    }
    const { items } = await read<{ items: [{ status: { hard: { pods: string }; used: { pods: string } } }] }>('quota');
    const [{ status }] = items;
    const free = Number(status.hard.pods) - Number(status.used.pods);
    for (let count = 0; count < free; count += 1) {
      const answer = await create(`pod-${count}`, nowhere);
      if (!answer.includes('created')) throw new Error(`pod ${count + 1} of ${free} is refused: ${answer}`);
    }
    const onePodMore = await create('one-more', nowhere);
    if (!/exceeded quota.*pods/.test(onePodMore)) throw new Error(`a pod beyond the quota: ${onePodMore}`);
    await remove();

    await eventually('the quota is free again', async () => (await create('glutton', glutton)).includes('created'), {
      everyMs: 500,
    });
    const ended = await eventually(
      'the process beyond its memory is ended',
      async () => {
        const pod = await read<
          PodSeen & { status: { containerStatuses?: { state: { terminated?: { reason: string } } }[] } }
        >('pod/glutton');
        return pod.status.containerStatuses?.[0]?.state.terminated?.reason;
      },
      { everyMs: 500 },
    );
    if (ended !== 'OOMKilled') throw new Error(`a process beyond its memory ended with ${ended}`);
    return { count: refused.length + 2, of: `wishes refused or ended, and ${free} pods within the quota taken` };
  } finally {
    await remove();
  }
};
