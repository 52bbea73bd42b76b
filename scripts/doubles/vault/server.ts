import express from 'express';
import type { ErrorRequestHandler } from 'express';
import type { JSONWebKeySet } from 'jose';
import type { DoubleOptions } from '../../loopback/double-options.ts';
import { faultControl } from '../fault-control.ts';
import type { FaultControl } from '../fault-control.ts';
import { listen } from '../../loopback/listen.ts';
import { stateFile } from '../../loopback/state-file.ts';
import { authenticate, authorize } from './access.ts';
import type { VaultAccess } from './access.ts';
import { vaultPresenter } from './presenter.ts';
import { secretRoutes } from './routes.ts';
import { secretStore } from './secret-store.ts';
import type { SecretStore, VaultState } from './secret-store.ts';
import { badParameter, VaultError } from './vault-error.ts';

export type VaultOptions = DoubleOptions & {
  tls: { cert: string; key: string };
  tenantId: string;
  /** The directory's address, where the challenge sends clients for a token. */
  authority: string;
  jwks: () => JSONWebKeySet | Promise<JSONWebKeySet>;
  /** What clients call it by; absent: localhost and the port. */
  url?: string | undefined;
  /** By the client id of the application. */
  access: Record<string, VaultAccess>;
  resource?: string;
  purgeProtection?: boolean;
};

export type Vault = {
  url: string;
  port: number;
  /** The secrets as the double sees them, for seeds and assertions, without any token. */
  secrets: SecretStore;
  grant: (clientId: string, access: VaultAccess) => void;
  /** How often each operation has changed something. */
  writes: () => Readonly<Record<string, number>>;
  faults: FaultControl;
  close: () => Promise<void>;
};

/** Azure Key Vault's secrets over HTTPS. The client needs `disableChallengeResourceVerification`: we are localhost. */
export async function startVault(options: VaultOptions): Promise<Vault> {
  const {
    now = () => new Date(),
    resource = 'https://vault.azure.net',
    purgeProtection = false,
    log = () => {},
  } = options;
  const initial = (): VaultState => ({ secrets: {}, writes: {} });
  const state = stateFile({ directory: options.stateDirectory, name: 'vault', initial });
  const access = { ...options.access };
  const store = secretStore({ read: () => state.value, changed: state.changed, now, purgeProtection });
  const faults = faultControl({ reset: () => state.replace(initial()), now });
  let url = '';
  const guard = { ...options, resource, access: () => access, now };

  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', false);
  app.get('/_control/writes', (_req, res) => res.json(state.value.writes));
  app.use(authenticate(guard));
  app.use(
    secretRoutes({
      store,
      present: vaultPresenter(() => url, purgeProtection),
      url: () => url,
      may: authorize(guard),
    }),
  );
  app.use(() => {
    throw badParameter('The request URI is not one of the vault');
  });
  app.use(vaultErrors(log));

  const server = await listen(faults.around(app), { port: options.port, host: options.host, tls: options.tls });
  url = options.url ?? `https://localhost:${server.port}`;
  return {
    url,
    port: server.port,
    secrets: store,
    grant: (clientId, granted) => {
      access[clientId] = granted;
    },
    writes: () => state.value.writes,
    faults,
    close: async () => {
      await server.close();
      state.close();
    },
  };
}

const vaultErrors =
  (log: (line: string) => void): ErrorRequestHandler =>
  (error: unknown, _req, res, _next) => {
    if (error instanceof VaultError) return res.status(error.status).json(error.body);
    if (error instanceof SyntaxError) return res.status(400).json(badParameter('The body is not JSON').body);
    log(`vault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return res.status(500).json(new VaultError(500, 'InternalServerError', 'An internal error occurred.').body);
  };
