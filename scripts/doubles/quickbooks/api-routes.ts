import express from 'express';
import type { Request, RequestHandler, Response, Router } from 'express';
import { runBatch } from './batch.ts';
import { changeData } from './change-data.ts';
import { companyInfo, preferencesOf } from './company-info.ts';
import type { Company } from './company.ts';
import { found } from './company-scope.ts';
import type { CompanyScope } from './company-scope.ts';
import type { GrantBook } from './grants.ts';
import { limitRequests } from './limits.ts';
import { entityOf, write } from './operations.ts';
import type { OperationName } from './operations.ts';
import { notAuthenticated, notAuthorized, QuickBooksFault } from './quickbooks-fault.ts';
import type { Quirks } from './quirks.ts';
import { replayed } from './request-replay.ts';
import type { Reply } from './request-replay.ts';
import { runQuery } from './run-query.ts';
import { replyTime } from './vendor-time.ts';

type Deps = {
  company: (realmId: string) => Company | undefined;
  grants: GrantBook;
  meter: (kind: 'core' | 'corePlus') => void;
  quirks: () => Quirks;
  changed: () => void;
  told: CompanyScope['told'];
  now: () => Date;
};

/** Everything under /v3/company/{realmId}: gateway first (token, limits), then the accounting service. */
export function apiRoutes(deps: Deps): Router {
  const { meter, changed, told, now, quirks } = deps;
  const router = express.Router({ mergeParams: true });
  const scopeOf = (res: Response): CompanyScope => ({
    company: res.locals.company,
    quirks: quirks(),
    now: now(),
    unseen: new Set(),
    told,
  });
  const read =
    (answer: (scope: CompanyScope, req: Request) => object): RequestHandler =>
    (req, res) => {
      meter('corePlus');
      res.json({ ...answer(scopeOf(res), req), time: replyTime(now()) });
    };
  const mutate =
    (mostCharacters: number, answer: (scope: CompanyScope, req: Request) => object): RequestHandler =>
    (req, res) => {
      const scope = scopeOf(res);
      const requestId = queryOf(req).get('requestid');
      const reply = replayed(scope, { requestId, mostCharacters, path: req.path, body: req.body }, () =>
        attempt(() => ({ ...answer(scope, req), time: replyTime(now()) }), scope),
      );
      changed();
      res.status(reply.status).json(reply.body);
    };

  router.use(authenticate(deps), limitRequests({ quirks, now }), refuseUnusable);
  router.get(
    '/companyinfo/:id',
    read((scope) => ({ CompanyInfo: companyInfo(scope) })),
  );
  router.get(
    '/preferences',
    read((scope) => ({ Preferences: preferencesOf(scope) })),
  );
  router.get(
    '/query',
    read((scope, req) => ({ QueryResponse: runQuery(scope, queryOf(req).get('query') ?? '') })),
  );
  router.post(
    '/query',
    express.text({ type: ['application/text', 'text/plain'] }),
    read((scope, req) => ({ QueryResponse: runQuery(scope, String(req.body ?? '')) })),
  );
  router.get(
    '/cdc',
    read((scope, req) => changeData(scope, queryOf(req))),
  );
  router.use(express.json({ limit: '16mb' }));
  router.post(
    '/batch',
    mutate(36, (scope, req) => runBatch(scope, req.body, meter)),
  );
  router.get(
    '/:entity/:id',
    read((scope, req) => {
      const entity = knownEntity(req);
      return { [entity]: found(scope, entity, req.params.id) };
    }),
  );
  router.post(
    '/:entity',
    mutate(50, (scope, req) => {
      meter('core');
      const entity = knownEntity(req);
      const body: Record<string, unknown> = req.body ?? {};
      const include = (queryOf(req).get('include') ?? '').split(',');
      const operation = operationOf(queryOf(req).get('operation'), { body, voids: include.includes('void') });
      return {
        [entity]: write(scope, { entity, operation, body, allowDuplicate: include.includes('allowduplicatedocnum') }),
      };
    }),
  );
  router.use((req) => {
    throw new QuickBooksFault('500', `Unsupported Operation: ${req.method} ${req.path}`);
  });
  return router;
}

const queryOf = (req: Request) => new URL(req.url, 'http://double').searchParams;

function knownEntity(req: Request) {
  const entity = entityOf(String(req.params.entity));
  if (!entity)
    throw new QuickBooksFault('500', `Unsupported Operation: ${String(req.params.entity)} is not known here`);
  return entity;
}

type Asked = { body: Record<string, unknown>; voids: boolean };

/** A body with an Id is an update, whether or not the query says so. */
function operationOf(asked: string | null, { body, voids }: Asked): OperationName {
  if (asked === 'delete' || asked === 'void') return asked;
  if (voids) return 'void';
  if (asked === 'update' || body.Id !== undefined) return 'update';
  if (asked === null || asked === 'create') return 'create';
  throw new QuickBooksFault('500', `Unsupported Operation: operation=${asked}`);
}

function attempt(work: () => object, { quirks, now }: CompanyScope): Reply {
  try {
    return { status: 200, body: work() };
  } catch (error) {
    if (!(error instanceof QuickBooksFault)) throw error;
    const status = quirks.faultsUnder200 ? 200 : error.status;
    return { status, body: { Fault: error.fault, time: replyTime(now) } };
  }
}

/** A token opens the one company that it was given for. The refusal repeats the token, as the gateway does. */
function authenticate({ company, grants }: Deps): RequestHandler {
  return (req, res, next) => {
    const [scheme, token = ''] = (req.headers.authorization ?? '').split(' ');
    const realmId = scheme === 'Bearer' ? grants.realmOf(token) : undefined;
    if (realmId === undefined) {
      res.set('www-authenticate', 'Bearer realm="Intuit", error="invalid_token"');
      throw notAuthenticated(`Token invalid or expired: ${token}`);
    }
    const known = company(realmId);
    if (!known || realmId !== req.params.realmId)
      throw notAuthorized(`The token is not one of company ${String(req.params.realmId)}`);
    res.locals.realmId = realmId;
    res.locals.company = known;
    next();
  };
}

const refuseUnusable: RequestHandler = (_req, res, next) => {
  const company: Company = res.locals.company;
  if (company.state === 'lapsed')
    throw new QuickBooksFault('6190', 'The subscription of this company has ended', { status: 403 });
  if (company.state === 'rights-lost') {
    throw new QuickBooksFault('120', 'The connecting user has no rights any more', {
      status: 401,
      type: 'AuthorizationFault',
    });
  }
  next();
};
