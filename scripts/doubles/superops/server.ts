import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import * as z from 'zod';
import type { DoubleOptions } from '../../loopback/double-options.ts';
import { listen } from '../../loopback/listen.ts';
import { stateFile } from '../../loopback/state-file.ts';
import { faultControl, type FaultControl } from '../fault-control.ts';
import { admit, requestLimit } from './access.ts';
import { Account, type AccountSeed } from './account.ts';
import { actByHand, type ByHand } from './by-hand.ts';
import type { Call } from './call.ts';
import { controlRoutes } from './control-routes.ts';
import { answered, execute, rootOf } from './execute.ts';
import { operationFaults, type OperationFaults } from './operation-faults.ts';
import { syncWithQuickBooks } from './quickbooks-sync.ts';
import { Quirks } from './quirks.ts';
import { AccessError, SuperOpsError } from './superops-error.ts';

export type SuperOpsOptions = DoubleOptions & {
  /** Of the data centre of the European Union; `port` is that of the United States. */
  euPort?: number | undefined;
  accounts?: AccountSeed[];
  quirks?: Partial<Quirks>;
};

export type SuperOps = {
  /** Two data centres; the API is under /msp, control under /_control at either. */
  urls: { us: string; eu: string };
  putAccount: (seed: AccountSeed) => void;
  account: (subdomain: string) => Account | undefined;
  byHand: (subdomain: string, act: ByHand) => void;
  setQuirks: (quirks: Partial<Quirks>) => void;
  /** Of the transport. */
  faults: FaultControl;
  /** Of single fields of the API. */
  operationFaults: OperationFaults;
  close: () => Promise<void>;
};

type Region = Account['region'];

const Body = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).nullish() });

/** The GraphQL API of SuperOps for MSPs, for several accounts in two data centres. */
export const startSuperOps = async (options: SuperOpsOptions = {}): Promise<SuperOps> => {
  const { log = () => {}, host } = options;
  const initial = (): Account[] => (options.accounts ?? []).map((seed) => Account.parse(seed));
  const state = stateFile({ directory: options.stateDirectory, name: 'superops', initial });
  let quirks = Quirks.parse(options.quirks ?? {});
  const now = () => new Date((options.now?.() ?? new Date()).getTime() + quirks.clockAheadMinutes * 60_000);
  const setQuirks = (changed: Partial<Quirks>) => {
    quirks = Quirks.parse(changed);
  };
  const ofOperations = operationFaults();
  const faults = faultControl({
    reset: () => {
      ofOperations.clear();
      state.replace(initial());
    },
    now,
  });
  const account = (subdomain: string) => state.value.find((candidate) => candidate.subdomain === subdomain);
  const put = (incoming: Account) => {
    state.replace([...state.value.filter(({ subdomain }) => subdomain !== incoming.subdomain), incoming]);
  };
  const root = rootOf(ofOperations);
  const limit = requestLimit(now);

  const api =
    (region: Region): RequestHandler =>
    async (req, res) => {
      const found = admit(
        state.value.filter((candidate) => candidate.region === region),
        req.headers,
      );
      limit(found.account, found.user, quirks);
      if (syncWithQuickBooks(found.account, now())) state.changed();
      const call: Call = { ...found, quirks, now: now(), changed: state.changed, loseReply: false };
      const answer = await execute(root, Body.parse(req.body), call);
      if (call.loseReply) req.socket.destroy();
      else if (call.instead) tellInstead(res, call.instead);
      else res.json(answer);
    };
  const serve = (region: Region, port: number | undefined) => {
    const app = express();
    app.disable('x-powered-by');
    app.use(express.json({ limit: '16mb' }));
    const control = { accounts: () => state.value, put, changed: state.changed, now, setQuirks };
    app.use(controlRoutes({ ...control, operationFaults: ofOperations }));
    app.post('/msp', api(region));
    app.use((_req, res) => void res.status(404).json({ message: 'Not found' }));
    app.use(superOpsErrors(log, () => quirks));
    return listen(faults.around(app), { port, host });
  };
  const [us, eu] = await Promise.all([serve('us', options.port), serve('eu', options.euPort)]);
  return {
    urls: { us: `http://127.0.0.1:${us.port}`, eu: `http://127.0.0.1:${eu.port}` },
    putAccount: (seed) => put(Account.parse(seed)),
    account,
    byHand: (subdomain, act) => {
      const known = account(subdomain);
      if (!known) throw new Error(`There is no account ${subdomain}`);
      actByHand(known, act, now());
      state.changed();
    },
    setQuirks,
    faults,
    operationFaults: ofOperations,
    close: async () => {
      await Promise.all([us.close(), eu.close()]);
      state.close();
    },
  };
};

const tellInstead = (res: Response, { answer, status }: NonNullable<Call['instead']>): void => {
  if (typeof answer === 'string') res.status(status).type('text/html').send(answer);
  else res.status(status).json(answer);
};

const superOpsErrors =
  (log: (line: string) => void, quirks: () => Quirks): ErrorRequestHandler =>
  (error: unknown, _req, res, _next) => {
    if (error instanceof AccessError) return res.status(error.status).json({ message: error.message });
    if (error instanceof SuperOpsError) return res.json(answered({ data: null, errors: [error] }, quirks()));
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      return res.status(400).json({ message: 'The body is not a request' });
    log(`superops: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return res.status(500).json({ message: 'Internal server error' });
  };
