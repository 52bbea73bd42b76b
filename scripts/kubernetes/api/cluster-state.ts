import type { ObjectApi } from './object-api.ts';
import type { ServiceAccountTokens } from '../identity/service-account-tokens.ts';
import type { KindRegistry } from '../kinds/kind-registry.ts';
import type { ObjectStore } from '../store/object-store.ts';

/** What the API and the controllers share. */
export type ClusterState = {
  store: ObjectStore;
  kinds: KindRegistry;
  objects: ObjectApi;
  tokens: ServiceAccountTokens;
  /** Of service account tokens: the URL of the server. */
  issuer: () => string;
  now: () => Date;
  log: (line: string) => void;
  /** Where the text of a pod's process is kept. */
  podLogPath: (uid: string) => string;
};
