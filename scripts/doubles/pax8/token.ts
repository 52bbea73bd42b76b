import { createHash, randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import * as z from 'zod';
import type { Account } from './account.ts';
import { Pax8Error } from './pax8-error.ts';
import type { Quirks } from './quirks.ts';

export type IssuedToken = { clientId: string; audience: string; expiresAt: number };

type Deps = {
  account: (clientId: string) => Account | undefined;
  tokens: () => Record<string, IssuedToken>;
  changed: () => void;
  quirks: () => Quirks;
  now: () => Date;
};

const lifetimeSeconds = 86_400;
const audiences = ['https://api.pax8.com', 'api://p8p.client', 'api://provisioning', 'api://usage'];
const partnerAudiences = new Set(audiences.slice(0, 2));

const TokenRequest = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  audience: z.enum(audiences),
  grant_type: z.literal('client_credentials'),
});

const hashed = (token: string) => createHash('sha256').update(token).digest('hex');

/** POST /v1/token: a JSON body with all four fields; a form is not understood. */
export function issueToken({ account, tokens, changed, now }: Deps): RequestHandler {
  return (req, res) => {
    const request = TokenRequest.safeParse(req.body);
    if (!request.success) {
      throw new Pax8Error(
        400,
        'Invalid token request',
        request.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
      );
    }
    const { client_id: clientId, client_secret: secret, audience } = request.data;
    if (account(clientId)?.clientSecret !== secret) {
      res.status(401).json({ error: 'access_denied', error_description: 'Unauthorized' });
      return;
    }
    const token = randomBytes(32).toString('base64url');
    tokens()[hashed(token)] = { clientId, audience, expiresAt: now().getTime() + lifetimeSeconds * 1000 };
    changed();
    res.json({ access_token: token, expires_in: lifetimeSeconds, token_type: 'Bearer' });
  };
}

/** Finds the account of the token: there is no other way to an account's data. */
export function authenticate({ account, tokens, quirks, now }: Deps): RequestHandler {
  return (req, res, next) => {
    const [scheme, token = ''] = (req.headers.authorization ?? '').split(' ');
    const issued = scheme === 'Bearer' ? tokens()[hashed(token)] : undefined;
    if (!issued || issued.expiresAt <= now().getTime()) throw new Pax8Error(401, 'Unauthorized');
    if (!partnerAudiences.has(issued.audience)) throw new Pax8Error(quirks().foreignAudience, 'Wrong audience');
    const found = account(issued.clientId);
    if (!found) throw new Pax8Error(401, 'Unauthorized');
    res.locals.account = found;
    next();
  };
}

/** When the oldest of the calls that count is a minute old. */
const comeAgain = (form: Quirks['retryAfter'], at: number, now: number): string | undefined =>
  ({
    nothing: undefined,
    seconds: Math.max(1, Math.ceil((at - now) / 1_000)).toString(),
    date: new Date(Math.ceil(at / 1_000) * 1_000).toUTCString(),
  })[form];

/** 1,000 successful calls in any minute; whether the refusal names a waiting time is a quirk. */
export function limitCalls({ quirks, now }: Deps): RequestHandler {
  const calls = new Map<string, number[]>();
  return (_req, res, next) => {
    const { clientId } = res.locals.account as Account;
    const recent = (calls.get(clientId) ?? []).filter((at) => at > now().getTime() - 60_000);
    calls.set(clientId, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= quirks().callsPerMinute) {
      const named = comeAgain(quirks().retryAfter, oldest + 60_000, now().getTime());
      if (named !== undefined) res.setHeader('retry-after', named);
      throw new Pax8Error(429, 'Too many requests');
    }
    res.once('finish', () => {
      if (res.statusCode < 400) recent.push(now().getTime());
    });
    next();
  };
}
