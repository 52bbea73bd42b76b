import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { ownEntry } from '@legendops/kit/contract/own-entry';
import { isObject, listAt, objectAt, type JsonObject, type KubeObject, textOf } from '../object/kube-object.ts';
import type { ClusterState } from '../api/cluster-state.ts';

/** A volume cannot be filled yet; the pod waits and tries again. */
export class MountPending extends Error {}

type File = { path: string; content: Buffer };

/** Fills the folders of a pod's volumes. Answers how soon a token in them must be renewed, if there is one. */
export const writeVolumes = async (
  cluster: ClusterState,
  pod: KubeObject,
  directory: string,
): Promise<number | undefined> => {
  let shortestSeconds: number | undefined;
  for (const volume of listAt(pod, 'spec', 'volumes')) {
    if (!isObject(volume)) continue;
    const folder = join(directory, String(volume.name));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { files, tokenSeconds } = await filesOf(cluster, pod, volume);
    for (const file of files) await place(folder, file);
    if (tokenSeconds !== undefined) shortestSeconds = Math.min(shortestSeconds ?? tokenSeconds, tokenSeconds);
  }
  // As the kubelet does, when four fifths of their life are over.
  return shortestSeconds === undefined ? undefined : shortestSeconds * 800;
};

const place = async (folder: string, { path, content }: File): Promise<void> => {
  const target = resolve(folder, path);
  if (!target.startsWith(folder + sep)) throw new MountPending(`The path ${path} leaves its volume`);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await writeFile(`${target}.new`, content, { mode: 0o600 });
  await rename(`${target}.new`, target);
};

type Filling = { files: File[]; tokenSeconds?: number };

const filesOf = async (cluster: ClusterState, pod: KubeObject, volume: JsonObject): Promise<Filling> => {
  const { namespace = '' } = pod.metadata;
  if (isObject(volume.secret))
    return { files: secretFiles(cluster, namespace, { ...volume.secret, name: volume.secret.secretName }) };
  if (isObject(volume.configMap)) return { files: configMapFiles(cluster, namespace, volume.configMap) };
  const fillings = await Promise.all(
    listAt(volume, 'projected', 'sources').map((source) => projected(cluster, pod, objectAt(source))),
  );
  const seconds = fillings.flatMap(({ tokenSeconds }) => tokenSeconds ?? []);
  return {
    files: fillings.flatMap(({ files }) => files),
    ...(seconds.length > 0 && { tokenSeconds: Math.min(...seconds) }),
  };
};

const projected = async (cluster: ClusterState, pod: KubeObject, source: JsonObject): Promise<Filling> => {
  const { namespace = '', name, uid = '' } = pod.metadata;
  if (isObject(source.secret)) return { files: secretFiles(cluster, namespace, source.secret) };
  if (isObject(source.configMap)) return { files: configMapFiles(cluster, namespace, source.configMap) };
  if (!isObject(source.serviceAccountToken)) return { files: [] };
  const { audience, expirationSeconds = 3_600, path } = source.serviceAccountToken;
  const tokenSeconds = Number(expirationSeconds);
  const serviceAccount = textOf(objectAt(pod, 'spec').serviceAccountName, 'default');
  if (!cluster.store.get('/serviceaccounts', { namespace, name: serviceAccount }))
    throw new MountPending(`serviceaccounts "${serviceAccount}" not found`);
  const { token } = await cluster.tokens.issue({
    namespace,
    serviceAccount,
    audiences: typeof audience === 'string' ? [audience] : [cluster.issuer()],
    expirationSeconds: tokenSeconds,
    pod: { name, uid },
  });
  return { files: [{ path: String(path), content: Buffer.from(token) }], tokenSeconds };
};

/** All keys under their own names, or those that `items` names under the paths that it gives. */
const chosen = (data: JsonObject, source: JsonObject, decode: (value: string) => Buffer): File[] => {
  const items = listAt(source, 'items').map((item) => objectAt(item));
  const pairs: [string, unknown][] =
    items.length > 0 ? items.map(({ key, path }) => [String(path), ownEntry(data, String(key))]) : Object.entries(data);
  return pairs.flatMap(([path, value]) => (typeof value === 'string' ? [{ path, content: decode(value) }] : []));
};

const secretFiles = ({ store }: ClusterState, namespace: string, source: JsonObject): File[] => {
  const name = String(source.name);
  const secret = store.get('/secrets', { namespace, name });
  if (!secret && source.optional !== true) throw new MountPending(`secret "${name}" not found`);
  return chosen(objectAt(secret, 'data'), source, (value) => Buffer.from(value, 'base64'));
};

const configMapFiles = ({ store }: ClusterState, namespace: string, source: JsonObject): File[] => {
  const name = String(source.name);
  const map = store.get('/configmaps', { namespace, name });
  if (!map && source.optional !== true) throw new MountPending(`configmap "${name}" not found`);
  return chosen(objectAt(map, 'data'), source, (value) => Buffer.from(value));
};
