import express from 'express';
import type { ErrorRequestHandler } from 'express';
import { ZodError } from 'zod';
import type { DoubleOptions } from '../../loopback/double-options.ts';
import { faultControl } from '../fault-control.ts';
import type { FaultControl } from '../fault-control.ts';
import { listen } from '../../loopback/listen.ts';
import { stateFile } from '../../loopback/state-file.ts';
import { Account } from './account.ts';
import type { AccountSeed } from './account.ts';
import { companyRoutes } from './company-routes.ts';
import { controlRoutes } from './control-routes.ts';
import { invoiceRoutes } from './invoice-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { Pax8Error } from './pax8-error.ts';
import { productRoutes } from './product-routes.ts';
import { Quirks } from './quirks.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { authenticate, issueToken, limitCalls } from './token.ts';
import type { IssuedToken } from './token.ts';
import { usageRoutes } from './usage-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

export type Pax8Options = DoubleOptions & {
  accounts?: AccountSeed[];
  quirks?: Partial<Quirks>;
  /** On which day it is as far as invoices go, where that is another one than now: months of them while a token holds. */
  invoicesOn?: () => Date;
};

export type Pax8 = {
  /** Without a path: the partner surface and the token are under /v1. */
  url: string;
  putAccount: (seed: AccountSeed) => void;
  account: (clientId: string) => Account | undefined;
  setQuirks: (quirks: Partial<Quirks>) => void;
  faults: FaultControl;
  close: () => Promise<void>;
};

type State = { accounts: Account[]; tokens: Record<string, IssuedToken> };

/** The Pax8 Partner API for several partners, each with its own credentials and data. */
export async function startPax8(options: Pax8Options = {}): Promise<Pax8> {
  const { now = () => new Date(), log = () => {} } = options;
  const initial = (): State => ({ accounts: (options.accounts ?? []).map((seed) => Account.parse(seed)), tokens: {} });
  const state = stateFile({ directory: options.stateDirectory, name: 'pax8', initial });
  let quirks = Quirks.parse(options.quirks ?? {});
  const account = (clientId: string) => state.value.accounts.find((candidate) => candidate.clientId === clientId);
  const put = (incoming: Account) => {
    state.value.accounts = [...state.value.accounts.filter(({ clientId }) => clientId !== incoming.clientId), incoming];
    state.changed();
  };
  const setQuirks = (changed: Partial<Quirks>) => {
    quirks = Quirks.parse(changed);
  };
  const faults = faultControl({ reset: () => state.replace(initial()), now });
  const scope = { quirks: () => quirks, changed: state.changed, now, invoicesOn: options.invoicesOn ?? now };
  const access = { account, tokens: () => state.value.tokens, ...scope };

  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', false);
  app.use(express.json({ limit: '64mb' }));
  app.use(controlRoutes({ accounts: () => state.value.accounts, put, changed: state.changed, setQuirks }));
  app.post('/v1/token', issueToken(access));
  app.use('/v1', authenticate(access), limitCalls(access));
  // Before the subscriptions and invoices by id, which would take `draftItems` for one.
  for (const routes of [usageRoutes, invoiceRoutes, companyRoutes, productRoutes, subscriptionRoutes, orderRoutes]) {
    app.use('/v1', routes(scope));
  }
  app.use('/api/v2/webhooks', authenticate(access), limitCalls(access), webhookRoutes(scope));
  app.use((req) => {
    throw new Pax8Error(404, `No handler for ${req.method} ${req.path}`);
  });
  app.use(pax8Errors(log));

  const server = await listen(faults.around(app), { port: options.port, host: options.host });
  return {
    url: `http://127.0.0.1:${server.port}`,
    putAccount: (seed) => put(Account.parse(seed)),
    account,
    setQuirks,
    faults,
    close: async () => {
      await server.close();
      state.close();
    },
  };
}

const pax8Errors =
  (log: (line: string) => void): ErrorRequestHandler =>
  (error: unknown, req, res, _next) => {
    const known = knownError(error);
    if (!known) log(`pax8: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const shown = known ?? new Pax8Error(500, 'Internal server error');
    return res.status(shown.status).json(shown.body(req.path));
  };

function knownError(error: unknown): Pax8Error | undefined {
  if (error instanceof Pax8Error) return error;
  if (error instanceof ZodError)
    return new Pax8Error(
      400,
      'Invalid seed',
      error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
  return error instanceof SyntaxError ? new Pax8Error(400, 'The body is not JSON') : undefined;
}
