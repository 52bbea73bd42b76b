import { randomUUID } from 'node:crypto';
import express from 'express';
import type { ErrorRequestHandler } from 'express';
import { ZodError } from 'zod';
import type { DoubleOptions } from '../../loopback/double-options.ts';
import { faultControl } from '../fault-control.ts';
import type { FaultControl } from '../fault-control.ts';
import { listen } from '../../loopback/listen.ts';
import { stateFile } from '../../loopback/state-file.ts';
import { apiRoutes } from './api-routes.ts';
import { companyOf } from './company.ts';
import type { Company, CompanySeed } from './company.ts';
import { controlRoutes } from './control-routes.ts';
import { grantBook, noGrants } from './grants.ts';
import type { GrantState } from './grants.ts';
import { meterCall } from './limits.ts';
import type { Metering } from './limits.ts';
import { oauthRoutes } from './oauth-routes.ts';
import { GatewayFault, QuickBooksFault } from './quickbooks-fault.ts';
import { Quirks } from './quirks.ts';
import { replyTime, vendorTime } from './vendor-time.ts';
import { webhooks } from './webhooks.ts';
import type { WebhookOptions } from './webhooks.ts';

export type QuickBooksOptions = DoubleOptions & {
  /** The application as registered with Intuit. */
  clientId: string;
  clientSecret: string;
  redirectUris?: string[];
  companies?: CompanySeed[];
  quirks?: Partial<Quirks>;
  /** Undefined where nobody wants to hear of changes. */
  webhooks?: WebhookOptions | undefined;
};

export type QuickBooks = {
  /** The API is under /v3/company/{realmId}, consent under /connect/oauth2, tokens under /oauth2/v1/tokens/bearer. */
  url: string;
  /** A new company, or new settings and lists for a known one; what was posted to it stays. */
  putCompany: (seed: CompanySeed) => void;
  company: (realmId: string) => Company | undefined;
  setQuirks: (quirks: Partial<Quirks>) => void;
  faults: FaultControl;
  /** Resolves when whoever wants to hear of changes has heard of all. */
  told: () => Promise<void>;
  close: () => Promise<void>;
};

type State = { companies: Company[]; grants: GrantState; metering: Metering };

/** QuickBooks Online's accounting API and its sign-in, for several companies of one application. */
export async function startQuickBooks(options: QuickBooksOptions): Promise<QuickBooks> {
  const { now = () => new Date(), log = () => {} } = options;
  const created = (seed: CompanySeed, known?: Company) => companyOf(seed, known, vendorTime(now()));
  const initial = (): State => ({
    companies: (options.companies ?? []).map((seed) => created(seed)),
    grants: noGrants(),
    metering: { month: '', core: 0, corePlus: 0 },
  });
  const state = stateFile({ directory: options.stateDirectory, name: 'quickbooks', initial });
  let quirks = Quirks.parse(options.quirks ?? {});
  const companies = () => state.value.companies;
  const company = (realmId: string) => companies().find((candidate) => candidate.realmId === realmId);
  const put = (seed: CompanySeed): Company => {
    const incoming = created(seed, company(seed.realmId));
    state.value.companies = [...companies().filter(({ realmId }) => realmId !== incoming.realmId), incoming];
    state.changed();
    return incoming;
  };
  const setQuirks = (changed: Partial<Quirks>) => {
    quirks = Quirks.parse(changed);
  };
  const faults = faultControl({ reset: () => state.replace(initial()), now });
  const shared = { quirks: () => quirks, changed: state.changed, now };
  const grants = grantBook({ state: () => state.value.grants, ...shared });
  const metering = () => state.value.metering;
  const hooks = options.webhooks && webhooks({ ...options.webhooks, now, log });
  const told = hooks?.tell;
  const scopeOf = (of: Company) => ({ company: of, quirks, now: now(), unseen: new Set<never>(), told });

  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', false);
  app.use(controlRoutes({ companies, put, scopeOf, metering, setQuirks, changed: state.changed }));
  app.use(oauthRoutes({ ...options, redirectUris: options.redirectUris, companies, grants }));
  app.use('/v3', (_req, res, next) => {
    res.set('intuit_tid', randomUUID());
    next();
  });
  app.use(
    '/v3/company/:realmId',
    apiRoutes({ company, grants, meter: meterCall({ metering, ...shared }), told, ...shared }),
  );
  app.use((req) => {
    throw new QuickBooksFault('500', `Unsupported Operation: ${req.method} ${req.path}`);
  });
  app.use(quickBooksErrors({ log, now, quirks: () => quirks }));

  const server = await listen(faults.around(app), { port: options.port, host: options.host });
  return {
    url: `http://127.0.0.1:${server.port}`,
    putCompany: (seed) => void put(seed),
    company,
    setQuirks,
    faults,
    told: async () => hooks?.idle(),
    close: async () => {
      hooks?.stop();
      await hooks?.idle();
      await server.close();
      state.close();
    },
  };
}

type Errors = { log: (line: string) => void; now: () => Date; quirks: () => Quirks };

const quickBooksErrors =
  ({ log, now, quirks }: Errors): ErrorRequestHandler =>
  (error: unknown, _req, res, _next) => {
    if (error instanceof GatewayFault) return res.status(error.status).json(error.body(now()));
    if (error instanceof ZodError) return res.status(400).json({ message: 'Invalid seed', issues: error.issues });
    const known = error instanceof SyntaxError ? new QuickBooksFault('2010', 'The body is not JSON') : error;
    if (known instanceof QuickBooksFault) {
      const status = quirks().faultsUnder200 && known.status === 400 ? 200 : known.status;
      return res.status(status).json({ Fault: known.fault, time: replyTime(now()) });
    }
    log(`quickbooks: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const fault = { Error: [{ Message: 'Internal error', Detail: '', code: '10000' }], type: 'SystemFault' };
    return res.status(500).json({ Fault: fault, time: replyTime(now()) });
  };
