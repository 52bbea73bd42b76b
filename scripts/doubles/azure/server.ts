import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { DoubleOptions } from '../../loopback/double-options.ts';
import { listen } from '../../loopback/listen.ts';
import { stateFile } from '../../loopback/state-file.ts';
import { faultControl, type FaultControl } from '../fault-control.ts';
import { anAccount, type AzureAccount } from './account.ts';
import { armRoutes } from './arm-routes.ts';
import { AzureError } from './azure-error.ts';
import { graphRoutes } from './graph-routes.ts';

export type AzureOptions = DoubleOptions & {
  account?: AzureAccount;
  /** What callers must show. */
  token: string;
};

export type Azure = {
  /** Of Resource Manager and of Graph alike. */
  url: string;
  readonly account: AzureAccount;
  /** Refuses whatever asks for it, in Azure's words, as of somebody whose role does not hold it. */
  deny: (method: string, path: string) => void;
  faults: FaultControl;
  close: () => Promise<void>;
};

const errors: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (!(error instanceof AzureError)) return next(error);
  return res.status(error.status).json(error.body);
};

/** Azure's Resource Manager and Microsoft Graph, as scripts of operations use them. */
export const startAzure = async (options: AzureOptions): Promise<Azure> => {
  const { now = () => new Date(), token } = options;
  const initial = (): AzureAccount => structuredClone(options.account ?? anAccount());
  const state = stateFile({ directory: options.stateDirectory, name: 'azure', initial });
  const faults = faultControl({ reset: () => state.replace(initial()), now });
  let url = '';
  const signedIn: RequestHandler = (req, _res, next) => {
    if (req.headers.authorization !== `Bearer ${token}`)
      throw new AzureError(401, 'InvalidAuthenticationToken', 'The access token is missing or invalid.');
    next();
  };
  const app = express();
  app.disable('x-powered-by');
  app.use(signedIn, express.json());
  app.use('/subscriptions', armRoutes({ account: () => state.value, changed: state.changed, url: () => url }));
  app.use('/v1.0', graphRoutes({ graph: () => state.value.graph, changed: state.changed }));
  app.use(() => {
    throw new AzureError(404, 'NotFound', 'There is no such address.');
  });
  app.use(errors);
  const server = await listen(faults.around(app), { port: options.port, host: options.host });
  url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    get account() {
      return state.value;
    },
    deny: (method, path) =>
      faults.add([
        {
          match: { method, path },
          fault: {
            status: 403,
            body: new AzureError(
              403,
              'AuthorizationFailed',
              'The client does not have authorization to perform action.',
            ).body,
          },
        },
      ]),
    faults,
    close: async () => {
      await server.close();
      state.close();
    },
  };
};
