import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import type { DoubleOptions } from '../loopback/double-options.ts';
import { listen } from '../loopback/listen.ts';
import { objectApi } from './api/object-api.ts';
import { cronJobController } from './controllers/cron-jobs.ts';
import { definitionController } from './controllers/definitions.ts';
import { eventExpiry } from './controllers/event-expiry.ts';
import { garbageCollector } from './controllers/garbage-collector.ts';
import { jobController } from './controllers/jobs.ts';
import { namespaceController } from './controllers/namespaces.ts';
import { podController, type Image } from './controllers/pods.ts';
import { quotaController } from './controllers/quotas.ts';
import type { ClusterState } from './api/cluster-state.ts';
import { requestHandler } from './http/request-handler.ts';
import { kubeconfigText } from './identity/kubeconfig.ts';
import { serviceAccountTokens } from './identity/service-account-tokens.ts';
import { loadSigningKey } from './identity/signing-key.ts';
import { kindRegistry } from './kinds/kind-registry.ts';
import { openJournal } from './store/journal.ts';
import { objectStore } from './store/object-store.ts';

export type KubernetesOptions = DoubleOptions & {
  /** The server speaks HTTPS only; the authority's certificate goes into the kubeconfig. */
  tls: { cert: string; key: string; ca: string };
  /** How containers run here: by image, the command that their arguments follow. Pods of other images wait for ever. */
  images?: Record<string, Image>;
  /** The wait after a Job's first failure; it doubles with each further one. */
  firstRetryMs?: number;
  bookmarkMs?: number;
};

export type LocalKubernetes = {
  url: string;
  /** YAML of the cluster administrator, with everything embedded. */
  kubeconfig: string;
  /** Of service account tokens: the URL. */
  issuer: string;
  jwks(): JSONWebKeySet;
  issueToken(options: {
    namespace: string;
    serviceAccount: string;
    audience: string;
    expirationSeconds: number;
  }): Promise<string>;
  close(): Promise<void>;
};

/** A Kubernetes API on one machine: objects in memory and on disk, Jobs as processes. */
export const startKubernetes = async (options: KubernetesOptions): Promise<LocalKubernetes> => {
  const { stateDirectory, tls, images = {}, firstRetryMs = 10_000, bookmarkMs = 60_000 } = options;
  const { now = () => new Date(), log = () => undefined } = options;
  const directory = stateDirectory ?? mkdtempSync(join(tmpdir(), 'legendops-kubernetes-'));
  const podsDirectory = join(directory, 'pods');
  const key = await loadSigningKey(stateDirectory);
  const journal = openJournal(stateDirectory, 'objects');
  const store = objectStore(journal);
  const kinds = kindRegistry(store);
  let url = '';
  const issuer = (): string => url;
  const tokens = serviceAccountTokens({ store, key, issuer, now });
  const objects = objectApi({ store, kinds, now });
  const podLogPath = (uid: string): string => join(podsDirectory, uid, 'log');
  const cluster: ClusterState = { store, kinds, objects, tokens, issuer, now, log, podLogPath };

  const streams = new Set<() => void>();
  const open = (end: () => void): (() => void) => {
    streams.add(end);
    return () => streams.delete(end);
  };
  const handler = requestHandler({ cluster, streams: { open, bookmarkMs }, adminToken: key.adminToken, issuer });
  const listening = await listen(handler, { port: options.port, host: options.host, tls });
  url = `https://localhost:${listening.port}`;

  const controllers = [
    namespaceController(cluster),
    definitionController(cluster),
    garbageCollector(cluster),
    podController(cluster, { images, directory: podsDirectory }),
    jobController(cluster, { firstRetryMs }),
    cronJobController(cluster),
    quotaController(cluster),
    eventExpiry(cluster),
  ];
  return {
    url,
    kubeconfig: kubeconfigText({ url, ca: tls.ca, token: key.adminToken }),
    issuer: url,
    jwks: () => tokens.jwks(),
    issueToken: async ({ namespace, serviceAccount, audience, expirationSeconds }) =>
      (await tokens.issue({ namespace, serviceAccount, audiences: [audience], expirationSeconds })).token,
    close: async () => {
      for (const end of streams) end();
      await Promise.all(controllers.map((controller) => controller.stop()));
      await listening.close();
      journal.close();
      if (stateDirectory === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
};
