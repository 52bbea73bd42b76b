import { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Request, RequestHandler, Response } from 'express';
import type { HeldReply } from '../held-reply.ts';
import { holdReply } from '../held-reply.ts';
import { isMultiTenant } from './discovery.ts';
import { oidOf } from './directories.ts';
import type { DirectoryBook, Found } from './directories.ts';
import type { Client } from './directory-provider.ts';
import type { MemoryStorage } from './memory-adapter.ts';
import { sendOAuthError } from './oauth-error.ts';
import { isTokenFault, sign, spoiltToken } from './token-faults.ts';
import type { SigningKeys } from './token-faults.ts';
import { checkAssertion, workloadClaims } from './workload-identity.ts';
import type { FederatedCredential } from './workload-identity.ts';

type Deps = {
  directories: DirectoryBook;
  storage: MemoryStorage;
  keys: SigningKeys;
  clients: () => readonly Client[];
  federatedCredentials: () => readonly FederatedCredential[];
  /** Hands the request to the directory's own provider. */
  provide: (tid: string, req: IncomingMessage, res: Response) => void;
  specialOf: (req: IncomingMessage) => string | undefined;
  now: () => Date;
};

/** /{authority}/oauth2/v2.0/token: people's codes go to their directory, workloads trade their cluster's token here. */
export function tokenEndpoint(deps: Deps): RequestHandler<{ authority: string }> {
  return async (req, res) => {
    const raw = await buffer(req);
    const form = new URLSearchParams(raw.toString('utf8'));
    const { authority } = req.params;
    if (!isMultiTenant(authority) && !deps.directories.get(authority))
      return void unknownTenant(res, authority, deps.now());
    if (form.get('grant_type') === 'client_credentials')
      return clientCredentials(deps, { req, res, form, tid: authority });

    const holder = holderOf(deps, form);
    const tid = isMultiTenant(authority) ? holder?.directory.tid : authority;
    const known = tid ?? deps.directories.all()[0]?.tid;
    if (known === undefined) return void unknownTenant(res, authority, deps.now());
    const fault = deps.specialOf(req);
    holdReply(res, (reply) => {
      finishReply(deps, { reply, res, holder, fault }).catch(() => res.destroy());
    });
    deps.provide(known, replayed(req, raw), res);
  };
}

export const unknownTenant = (res: Response, authority: string, now: Date) =>
  sendOAuthError(
    res,
    { status: 400, error: 'invalid_tenant', code: 90002, message: `Tenant '${authority}' not found.` },
    now,
  );

type ClientCredentials = { req: Request<{ authority: string }>; res: Response; form: URLSearchParams; tid: string };

async function clientCredentials(deps: Deps, { req, res, form, tid }: ClientCredentials): Promise<void> {
  const clientId = form.get('client_id') ?? '';
  const scope = form.get('scope') ?? '';
  const now = deps.now();
  if (!scope.endsWith('/.default')) {
    const message = `The provided request must include a 'scope' that ends with /.default, came '${scope}'.`;
    return void sendOAuthError(res, { status: 400, error: 'invalid_scope', code: 1002012, message }, now);
  }
  const assertion = form.get('client_assertion');
  const outcome = assertion
    ? await checkAssertion(deps.federatedCredentials(), { tid, clientId, assertion }, now)
    : checkSecret(deps, clientId, form.get('client_secret'));
  if (!outcome.ok) return void sendOAuthError(res, outcome.error, now);

  const issuedAt = Math.floor(now.getTime() / 1000);
  const lifetime = 3600;
  const times = { iat: issuedAt, nbf: issuedAt, exp: issuedAt + lifetime };
  const resource = scope.slice(0, -'/.default'.length);
  const token = await sign({ ...workloadClaims({ tid, clientId, resource }), ...times }, deps.keys.signingKey);
  const fault = deps.specialOf(req);
  res.json({
    token_type: 'Bearer',
    expires_in: lifetime - 1,
    ext_expires_in: lifetime - 1,
    access_token: isTokenFault(fault) ? await spoiltToken(token, fault, deps.keys) : token,
  });
}

function checkSecret(deps: Deps, clientId: string, secret: string | null) {
  const known = deps.clients().some((client) => client.clientId === clientId && client.clientSecret === secret);
  if (known) return { ok: true as const };
  const message = 'Invalid client secret provided.';
  return { ok: false as const, error: { status: 401, error: 'invalid_client', code: 7000215, message } };
}

function holderOf({ storage, directories }: Deps, form: URLSearchParams): Found | undefined {
  const grant =
    storage.find('AuthorizationCode', form.get('code') ?? '') ??
    storage.find('RefreshToken', form.get('refresh_token') ?? '');
  return directories.people().find(({ directory, person }) => oidOf(directory.tid, person.email) === grant?.accountId);
}

type Finish = { reply: HeldReply; res: Response; holder: Found | undefined; fault: string | undefined };

/** Adds what Entra ID sends besides the standard, and spoils the ID token on demand. */
async function finishReply(deps: Deps, { reply, res, holder, fault }: Finish): Promise<void> {
  if (res.statusCode !== 200 || !holder) return reply.send();
  const { directory, person } = holder;
  const tokens: { id_token?: string; expires_in?: number } = JSON.parse(reply.body.toString('utf8'));
  if (!tokens.id_token) return reply.send();
  const account = { uid: oidOf(directory.tid, person.email), utid: directory.tid };
  const body = JSON.stringify({
    ...tokens,
    id_token: isTokenFault(fault) ? await spoiltToken(tokens.id_token, fault, deps.keys) : tokens.id_token,
    ext_expires_in: tokens.expires_in,
    client_info: Buffer.from(JSON.stringify(account)).toString('base64url'),
  });
  reply.replace({ status: 200, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body });
}

/** The provider reads the body itself; this one has been read to see where it belongs. */
function replayed(req: Request<{ authority: string }>, raw: Buffer): IncomingMessage {
  const copy = new IncomingMessage(req.socket);
  // Without `complete` the copy takes its end for an aborted request and destroys the socket.
  Object.assign(copy, { complete: true, headers: req.headers, method: req.method, url: '/oauth2/v2.0/token' });
  copy.push(raw);
  copy.push(null);
  return copy;
}
