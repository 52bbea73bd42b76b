import express from 'express';
import type { Express } from 'express';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JSONWebKeySet } from 'jose';
import type { Provider } from 'oidc-provider';
import type { DoubleOptions } from '../../loopback/double-options.ts';
import { faultControl } from '../fault-control.ts';
import type { FaultControl } from '../fault-control.ts';
import { listen } from '../../loopback/listen.ts';
import { stateFile } from '../../loopback/state-file.ts';
import { directoryBook } from './directories.ts';
import type { Directory, DirectoryBook, DirectoryInput } from './directories.ts';
import { directoryProvider } from './directory-provider.ts';
import type { Client } from './directory-provider.ts';
import { discoveryDocument, isMultiTenant, issuerOf } from './discovery.ts';
import type { Origins } from './discovery.ts';
import { memoryStorage } from './memory-adapter.ts';
import { signInRoutes } from './sign-in.ts';
import { newSigningKey, publicJwk } from './signing-key.ts';
import { tokenEndpoint, unknownTenant } from './token-endpoint.ts';
import type { SigningKeys } from './token-faults.ts';
import type { FederatedCredential } from './workload-identity.ts';

export type EntraOptions = DoubleOptions & {
  tls: { cert: string; key: string };
  /** Port of the plain HTTP side that browsers visit; 0 or absent: any. */
  browserPort?: number | undefined;
  /** What others call it by; absent: localhost and the ports. */
  origins?: Origins | undefined;
  clients?: Client[];
  directories?: DirectoryInput[];
  federatedCredentials?: FederatedCredential[];
};

export type Entra = {
  url: string;
  browserUrl: string;
  jwks: JSONWebKeySet;
  /** Publishes the key that tokens of `unknown-key` are signed with, as when Entra ID rolls its keys over. */
  rollKeys: () => void;
  issuerOf: (tid: string) => string;
  directories: DirectoryBook;
  registerClient: (client: Client) => void;
  trust: (credential: FederatedCredential) => void;
  faults: FaultControl;
  close: () => Promise<void>;
};

type State = { keys: SigningKeys; directories: Directory[] };

/** Microsoft Entra ID on this machine: several directories, sign-in of people, tokens of workloads. */
export async function startEntra(options: EntraOptions): Promise<Entra> {
  const { now = () => new Date(), host, log = () => {} } = options;
  const state = stateFile<State>({
    directory: options.stateDirectory,
    name: 'entra',
    initial: () => ({
      keys: { signingKey: newSigningKey('local-1'), foreignKey: newSigningKey('foreign-1') },
      directories: [],
    }),
  });
  const clients = [...(options.clients ?? [])];
  const federatedCredentials = [...(options.federatedCredentials ?? [])];
  const directories = directoryBook(() => state.value.directories, state.changed);
  const seed = () => (options.directories ?? []).forEach((directory) => directories.add(directory));
  seed();
  state.changed();

  const origins = { url: '', browserUrl: '' };
  const storage = memoryStorage();
  const providers = new Map<string, Provider>();
  const providerOf = (tid: string): Provider => {
    const directory = directories.get(tid);
    if (!directory) throw new Error(`No directory ${tid}; add it with POST /_control/directories`);
    const existing = providers.get(directory.tid);
    if (existing) return existing;
    const issuer = issuerOf(origins, directory.tid);
    const { signingKey } = state.value.keys;
    const created = directoryProvider({ issuer, directory, directories, clients, signingKey, storage });
    created.on('server_error', (_ctx, error) => log(`entra: ${error.stack ?? error.message}`));
    providers.set(directory.tid, created);
    return created;
  };
  const provide = (tid: string, req: IncomingMessage, res: ServerResponse) => {
    const provider = providerOf(tid);
    Object.assign(req, { originalUrl: `/${tid}${req.url}` });
    void provider.callback()(req, res);
  };
  const reset = () => {
    state.replace({ keys: state.value.keys, directories: [] });
    storage.clear();
    providers.clear();
    seed();
  };
  const faults = faultControl({ reset, now });
  const jwks = { keys: [publicJwk(state.value.keys.signingKey)] };
  const signIn = signInRoutes({ directories, clients: () => clients, providerOf, provide, now });

  const service = newApp();
  service.get('/:authority/v2.0/.well-known/openid-configuration', (req, res) => {
    const { authority } = req.params;
    if (!isMultiTenant(authority) && !directories.get(authority)) return unknownTenant(res, authority, now());
    return res.json(discoveryDocument(origins, authority.toLowerCase()));
  });
  service.get(['/discovery/v2.0/keys', '/:authority/discovery/v2.0/keys'], (_req, res) => res.json(jwks));
  service.post(
    '/:authority/oauth2/v2.0/token',
    tokenEndpoint({
      directories,
      storage,
      keys: state.value.keys,
      clients: () => clients,
      federatedCredentials: () => federatedCredentials,
      provide,
      specialOf: faults.specialOf,
      now,
    }),
  );
  service.get('/_control/directories', (_req, res) => res.json(directories.all()));
  service.post('/_control/directories', express.json(), (req, res) => res.json(directories.add(req.body)));
  service.use(signIn);
  const front = newApp();
  front.use(signIn);

  const secure = await listen(faults.around(service), { port: options.port, host, tls: options.tls });
  const plain = await listen(faults.around(front), { port: options.browserPort, host });
  const here = { url: `https://localhost:${secure.port}`, browserUrl: `http://localhost:${plain.port}` };
  Object.assign(origins, options.origins ?? here);
  return {
    ...origins,
    jwks,
    rollKeys: () => void jwks.keys.push(publicJwk(state.value.keys.foreignKey)),
    issuerOf: (tid) => issuerOf(origins, tid),
    directories,
    registerClient: (client) => {
      clients.splice(0, clients.length, ...clients.filter(({ clientId }) => clientId !== client.clientId), client);
      providers.clear();
    },
    trust: (credential) => void federatedCredentials.push(credential),
    faults,
    close: async () => {
      await Promise.all([secure.close(), plain.close()]);
      state.close();
    },
  };
}

function newApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', false);
  return app;
}
