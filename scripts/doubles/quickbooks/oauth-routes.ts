import express from 'express';
import type { Request, Response, Router } from 'express';
import { escapeHtml, htmlPage } from '../html.ts';
import type { Company } from './company.ts';
import type { GrantBook, TokenReply } from './grants.ts';

type Deps = {
  clientId: string;
  clientSecret: string;
  /** Absent: every address is taken. */
  redirectUris: string[] | undefined;
  companies: () => Company[];
  grants: GrantBook;
};

const scope = 'com.intuit.quickbooks.accounting';

/** Consent, token and revocation: the three addresses that Intuit keeps on three hosts. */
export function oauthRoutes(deps: Deps): Router {
  const { companies, grants } = deps;
  const router = express.Router();
  const form = express.urlencoded({ extended: false });

  router.get('/connect/oauth2', (req, res) => {
    const request = queryOf(req);
    const problem = problemOf(request, deps);
    if (problem) {
      res.status(400).send(problemPage(problem));
      return;
    }
    res.send(companiesPage(request, companies()));
  });

  // What a click on the page does.
  router.get('/connect/oauth2/approve', (req, res) => {
    const request = queryOf(req);
    const realmId = request.get('realmId') ?? '';
    const problem = problemOf(request, deps);
    if (problem) {
      res.status(400).send(problemPage(problem));
      return;
    }
    const back = new URL(request.get('redirect_uri') ?? '');
    back.searchParams.set('state', request.get('state') ?? '');
    if (realmId === 'none') back.searchParams.set('error', 'access_denied');
    else if (!companies().some((company) => company.realmId === realmId)) {
      res.status(400).send(problemPage(`There is no company ${realmId}.`));
      return;
    } else {
      back.searchParams.set('code', grants.code(realmId, request.get('redirect_uri') ?? ''));
      back.searchParams.set('realmId', realmId);
    }
    res.redirect(302, back.href);
  });

  router.post('/oauth2/v1/tokens/bearer', form, (req, res) => {
    if (!knowsSecret(req, deps)) {
      res.status(401).json({ error: 'invalid_client' });
      return;
    }
    const body: Record<string, string> = req.body ?? {};
    const reply = tokensFor(body, grants);
    if (reply === 'unsupported') {
      res.status(400).json({ error: 'unsupported_grant_type' });
      return;
    }
    if (!reply) {
      const what =
        body.grant_type === 'refresh_token' ? 'Incorrect or invalid refresh token' : 'Invalid authorization code';
      res.status(400).json({ error: 'invalid_grant', error_description: what });
      return;
    }
    const { x_refresh_token_hard_expires_in: hard, ...rest } = reply;
    const askedForHard = req.get('x-include-refresh-token-hard-expires-in') === 'true';
    res.set('cache-control', 'no-store').json(askedForHard ? { ...rest, x_refresh_token_hard_expires_in: hard } : rest);
  });

  router.post('/v2/oauth2/tokens/revoke', form, express.json(), (req, res: Response) => {
    if (!knowsSecret(req, deps)) {
      res.status(401).json({ error: 'invalid_client' });
      return;
    }
    const { token }: { token?: string } = req.body ?? {};
    if (!token || !grants.revoke(token)) {
      res.status(400).json({ error: 'invalid_request' });
      return;
    }
    res.status(200).end();
  });
  return router;
}

function tokensFor(body: Record<string, string>, grants: GrantBook): TokenReply | 'unsupported' | undefined {
  const { grant_type: type, code = '', redirect_uri: redirectUri = '', refresh_token: refreshToken = '' } = body;
  if (type === 'authorization_code') return grants.redeem(code, redirectUri);
  return type === 'refresh_token' ? grants.refresh(refreshToken) : 'unsupported';
}

function knowsSecret(req: Request, { clientId, clientSecret }: Deps): boolean {
  const expected = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  return req.headers.authorization === `Basic ${expected}`;
}

function problemOf(request: URLSearchParams, { clientId, redirectUris }: Deps): string | undefined {
  const redirectUri = request.get('redirect_uri') ?? '';
  if (request.get('client_id') !== clientId) return 'client_id is not the one of this application.';
  if (request.get('response_type') !== 'code') return 'response_type must be code.';
  if (!(request.get('scope') ?? '').split(' ').includes(scope)) return `scope must contain ${scope}.`;
  if (!request.get('state')) return 'state is missing.';
  if (!URL.canParse(redirectUri)) return 'redirect_uri is missing or is not an address.';
  return redirectUris && !redirectUris.includes(redirectUri)
    ? `redirect_uri ${redirectUri} is not registered.`
    : undefined;
}

const queryOf = (req: Request) => new URL(req.url, 'http://double').searchParams;

const title = 'Connect a company (local QuickBooks)';

function companiesPage(request: URLSearchParams, companies: Company[]): string {
  const link = (realmId: string) => {
    const query = new URLSearchParams(request);
    query.set('realmId', realmId);
    return `/connect/oauth2/approve?${escapeHtml(query.toString())}`;
  };
  const choices = companies.map(
    ({ realmId, name, country, currency }) =>
      `<li><a href="${link(realmId)}">${escapeHtml(name)}<small>${realmId} · ${escapeHtml(country)} · ${escapeHtml(currency)}</small></a></li>`,
  );
  return htmlPage({
    title,
    body: `<main><h1>${title}</h1>
<p class="note">A stand-in for QuickBooks Online on this machine. Pick the company to connect; there are no passwords.</p>
<ul>${choices.join('')}<li><a href="${link('none')}">Do not connect<small>Goes back with access_denied</small></a></li></ul></main>`,
  });
}

const problemPage = (problem: string) =>
  htmlPage({
    title,
    body: `<main><h1>This request cannot be answered</h1><p role="alert">${escapeHtml(problem)}</p></main>`,
  });
