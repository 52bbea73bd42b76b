import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import { startPostgres } from '@legendops/kit/testing/embedded-postgres';
import { startEntra } from '../../doubles/entra/server.ts';
import { startMailbox } from '../../doubles/mailbox/server.ts';
import { startPax8 } from '../../doubles/pax8/server.ts';
import { startQuickBooks } from '../../doubles/quickbooks/server.ts';
import { startSuperOps } from '../../doubles/superops/server.ts';
import { startTeams } from '../../doubles/teams/server.ts';
import { startVault } from '../../doubles/vault/server.ts';
import { startBlobStorage } from '../blob-storage.ts';
import { startGateway } from '../gateway/gateway.ts';
import {
  mediaContainers,
  platformDirectory,
  portalClient,
  quickBooksApplication,
  teamsChannels,
  trustIn,
  vaultAccess,
} from '../identities.ts';
import { serviceNames } from '../service-processes.ts';
import { clusterApi } from './cluster-api.ts';
import type { Settings } from './settings.ts';

export interface RunningPart {
  close(): Promise<void>;
  /** Resolves when the part has ended by itself; absent where it cannot without this process. */
  ended?: Promise<void>;
}

type StartPart = (settings: Settings, log: (line: string) => void) => Promise<RunningPart>;

// Of a pod, whose ports are its own: the same for every part that speaks HTTP, or HTTPS.
const host = '0.0.0.0';
const httpPort = 8_080;
const httpsPort = 8_443;
// Of SuperOps's other data centre.
const secondPort = 8_081;

const doubleOptions = (settings: Settings, log: (line: string) => void) => ({
  host,
  port: httpPort,
  stateDirectory: settings.stateDirectory,
  log,
});

const tlsOf = ({ secret }: Settings) => ({ cert: secret('tls.crt'), key: secret('tls.key') });

const postgres: StartPart = async ({ stateDirectory, secret }) => {
  const directory = join(stateDirectory, 'postgres');
  const hostAccess = join(stateDirectory, 'pg_hba.conf');
  await mkdir(stateDirectory, { recursive: true });
  await writeFile(hostAccess, 'host all all all scram-sha-256\n');
  // The kubelet opens a volume to its pod's group, and PostgreSQL refuses a folder that others may write.
  const data = join(directory, 'data');
  if (existsSync(data)) await chmod(data, 0o700);
  const server = await startPostgres({
    directory,
    port: 5_432,
    durable: true,
    password: secret('postgres-password'),
    settings: { listen_addresses: host, hba_file: hostAccess },
  });
  return { close: () => server.stop(), ended: server.ended };
};

const signIn: StartPart = async (settings, log) => {
  const cluster = clusterApi(settings);
  return startEntra({
    ...doubleOptions(settings, log),
    tls: tlsOf(settings),
    port: httpsPort,
    browserPort: httpPort,
    origins: { url: settings.signInUrl, browserUrl: settings.signInPageUrl },
    clients: [portalClient(settings.publicUrl, settings.secret('sign-in-client-secret'))],
    directories: [{ tid: platformDirectory, name: 'Platform' }],
    federatedCredentials: trustIn({ issuer: await cluster.issuer(), jwks: () => cluster.keys() }),
  });
};

const vault: StartPart = (settings, log) =>
  startVault({
    ...doubleOptions(settings, log),
    tls: tlsOf(settings),
    port: httpsPort,
    url: settings.vaultUrl,
    tenantId: platformDirectory,
    authority: settings.signInUrl,
    // Asked each time: the sign-in may have been emptied, and has new keys then.
    jwks: async () => (await (await fetch(`${settings.signInUrl}/discovery/v2.0/keys`)).json()) as JSONWebKeySet,
    access: vaultAccess,
  });

const quickbooks: StartPart = (settings, log) =>
  startQuickBooks({
    ...doubleOptions(settings, log),
    ...quickBooksApplication(settings.publicUrl, settings.secret('quickbooks-client-secret')),
  });

/** For a cluster without a Gateway of its own: routes as the HTTPRoute of charts/legendops does. */
const gateway: StartPart = (settings) => {
  const backend = (name: string) => ({ host: `${name}.legendops.svc`, port: 8_080 });
  return startGateway({
    host,
    port: httpPort,
    services: new Map(serviceNames.map((name) => [name, backend(name)])),
    portal: backend('frontend'),
    media: { url: settings.blobUrl },
  });
};

/** What a pod of the surroundings can be, by the argument of its program. */
export const parts: Readonly<Record<string, StartPart>> = {
  postgres,
  vault,
  'sign-in': signIn,
  mail: (settings, log) => startMailbox({ ...doubleOptions(settings, log), smtpPort: 1_025 }),
  blob: ({ stateDirectory, secretPath }, log) =>
    startBlobStorage({
      host,
      port: 10_000,
      directory: join(stateDirectory, 'blob'),
      tls: { certPath: secretPath('tls.crt'), keyPath: secretPath('tls.key') },
      containers: mediaContainers,
      log,
    }),
  pax8: (settings, log) => startPax8(doubleOptions(settings, log)),
  quickbooks,
  superops: (settings, log) => startSuperOps({ ...doubleOptions(settings, log), euPort: secondPort }),
  teams: (settings, log) =>
    startTeams({
      ...doubleOptions(settings, log),
      channels: teamsChannels,
      origin: 'http://teams.legendops-surroundings.svc',
    }),
  gateway,
};
