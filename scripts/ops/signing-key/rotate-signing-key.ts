import { parseArgs } from 'node:util';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { environmentOf, Refused } from '../environment-group.ts';
import { isSigningKey, keysAfter, newKey, nextStep, type Keys, type Pod } from './rotation-step.ts';

const usage = `npm run ops:rotate -- --environment dev|staging|prod [options]
  Exchanges the key that access tokens are signed with, one step a run: publish, exchange, remove. Between them pods are replaced
  by you, and it looks whether they were. Nobody is signed out. Changes nothing without --go; the environment must be that of the
  cluster that your kubeconfig is at.

  --go                 does the next step
  --help
`;

interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
}
interface PodObject extends KubeObject {
  status?: { startTime?: string; conditions?: { type: string; status: string }[] };
}

const core = (kind: string, plural: string) => ({ apiVersion: 'v1', kind, plural, namespaced: true });
const configMaps: Resource<ConfigMap> = core('ConfigMap', 'configmaps');
const secrets: Resource<ConfigMap> = core('Secret', 'secrets');
const pods: Resource<PodObject> = core('Pod', 'pods');

const namespace = 'legendops';
const secretName = 'legendops-keys';
const phaseAnnotation = 'legendops.io/signing-key-phase';
const atAnnotation = 'legendops.io/signing-key-at';

const decoded = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : Buffer.from(text, 'base64').toString('utf8');
const encoded = (text: string): string => Buffer.from(text).toString('base64');

const keysOf = ({ data = {}, metadata }: ConfigMap): Keys => {
  const signing = decoded(data['signing-key.pem']);
  if (signing === undefined || !isSigningKey(signing))
    throw new Refused(`The Secret ${namespace}/${secretName} has no signing-key.pem that auth could sign with`);
  const phase = metadata.annotations?.[phaseAnnotation];
  const at = new Date(metadata.annotations?.[atAnnotation] ?? '');
  return {
    signing,
    other: decoded(data['other-key.pem']),
    phase: phase === 'published' || phase === 'exchanged' ? phase : undefined,
    at: Number.isNaN(at.getTime()) ? undefined : at,
  };
};

const podOf = ({ metadata, status }: PodObject): Pod => ({
  name: metadata.name,
  startedAt: status?.startTime === undefined ? undefined : new Date(status.startTime),
  isReady: status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true,
});

const required = async <Kind extends KubeObject>(
  kube: KubeClient,
  kind: Resource<Kind>,
  name: string,
): Promise<Kind> => {
  const found = await kube.read(kind, { name, namespace });
  if (!found)
    throw new Refused(`This cluster has no ${kind.kind} ${namespace}/${name}: is your kubeconfig at the right one?`);
  return found;
};

/** The whole of it written at once, upon what was read: whoever changed it meanwhile is not written over. */
const write = (kube: KubeClient, secret: ConfigMap, { signing, other, phase, at }: Keys): Promise<ConfigMap> => {
  const { [phaseAnnotation]: _phase, [atAnnotation]: _at, ...annotations } = secret.metadata.annotations ?? {};
  const { 'other-key.pem': _other, ...data } = secret.data ?? {};
  return kube.update(secrets, {
    ...secret,
    metadata: {
      ...secret.metadata,
      annotations: {
        ...annotations,
        ...(phase && at && { [phaseAnnotation]: phase, [atAnnotation]: at.toISOString() }),
      },
    },
    data: {
      ...data,
      'signing-key.pem': encoded(signing),
      ...(other !== undefined && { 'other-key.pem': encoded(other) }),
    },
  });
};

export interface Cluster {
  connect: () => Promise<KubeClient>;
  now: () => Date;
  write: (text: string) => void;
}

export const rotateSigningKey = async (
  parameters: readonly string[],
  { connect, now, write: say }: Cluster,
): Promise<number> => {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      help: { type: 'boolean', default: false },
      go: { type: 'boolean', default: false },
      environment: { type: 'string' },
    },
  });
  if (values.help) {
    say(usage);
    return 0;
  }
  const environment = environmentOf(values.environment);
  const kube = await connect();
  const { data: release = {} } = await required(kube, configMaps, 'legendops-release');
  if (release.environment !== environment)
    throw new Refused(
      `This cluster is ${release.environment}, and you said ${environment}: is your kubeconfig at the right one?`,
    );
  const secret = await required(kube, secrets, secretName);
  const keys = keysOf(secret);
  const { items } = await kube.list(pods, { labelSelector: 'app.kubernetes.io/name=auth' }, namespace);
  const at = now();
  const step = nextStep(keys, items.map(podOf), at);
  if (step.kind === 'wait') {
    say(`Not now: ${step.what}`);
    return 1;
  }
  if (!values.go) {
    say(
      `Would do: ${step.what}\nNothing was changed. To do it: npm run ops:rotate -- --environment ${environment} --go`,
    );
    return 0;
  }
  await write(kube, secret, keysAfter(step, keys, { key: newKey(), now: at }));
  say(`Done: ${step.what}\nGo on: ${step.goOn}`);
  return 0;
};
