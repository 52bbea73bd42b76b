import express from 'express';
import type { Request, Response, Router } from 'express';
import type { IncomingMessage } from 'node:http';
import type { Provider } from 'oidc-provider';
import { Directory, oidOf } from './directories.ts';
import type { DirectoryBook, Found } from './directories.ts';
import type { Client } from './directory-provider.ts';
import { isMultiTenant } from './discovery.ts';
import { pickerPage, signedOutPage, signInLink } from './picker-page.ts';
import { unknownTenant } from './token-endpoint.ts';

type Deps = {
  directories: DirectoryBook;
  clients: () => readonly Client[];
  providerOf: (tid: string) => Provider;
  provide: (tid: string, req: IncomingMessage, res: Response) => void;
  now: () => Date;
};

type Authority = { authority: string };

/** What a browser visits: authorize with its account picker, and logout. */
export function signInRoutes(deps: Deps): Router {
  const router = express.Router();
  router.get('/:authority/oauth2/v2.0/authorize', (req, res) => authorize(deps, req, res));
  router.post('/:authority/oauth2/v2.0/another-person', express.urlencoded({ extended: false }), (req, res) =>
    anotherPerson(deps, req, res),
  );
  router.get('/:authority/oauth2/v2.0/logout', (req, res) => logout(deps, req, res));
  return router;
}

async function authorize(deps: Deps, req: Request<Authority>, res: Response): Promise<void> {
  const { authority } = req.params;
  const { directories } = deps;
  if (!isMultiTenant(authority) && !directories.get(authority)) return void unknownTenant(res, authority, deps.now());
  const request = queryOf(req.url);
  const candidates = directories
    .byEmail(request.get('login_hint') ?? '')
    .filter(({ directory }) => isMultiTenant(authority) || directory.tid === authority.toLowerCase())
    .filter(({ directory }) => mayBeIn(directory, request.get('domain_hint'), directories));
  const [found] = candidates;
  if (found && candidates.length === 1) return signIn(deps, { req, res, request, found });
  if (request.get('prompt') === 'none') {
    const tid = isMultiTenant(authority) ? directories.all()[0]?.tid : authority;
    if (tid) return authorizeAt(deps, { req, res, request, tid });
  }
  res.type('html').send(picker(deps, authority, request));
}

/** A hint that is no directory of ours (a domain name, `organizations`) narrows nothing. */
const mayBeIn = ({ tid }: Directory, hint: string | null, directories: DirectoryBook) =>
  hint === null || !directories.get(hint) || tid === hint.toLowerCase();

const queryOf = (url: string) => new URL(url, 'http://double').searchParams;

function picker({ directories }: Deps, authority: string, request: URLSearchParams, problem?: string): string {
  const mine = (tid: string) => isMultiTenant(authority) || tid === authority.toLowerCase();
  return pickerPage({
    authority,
    request,
    people: directories.people().filter(({ directory }) => mine(directory.tid)),
    directories: directories.all().filter(({ tid }) => mine(tid)),
    ...(problem === undefined ? {} : { problem }),
  });
}

type SignIn = { req: Request<Authority>; res: Response; request: URLSearchParams; found: Found };

/** The person is known: a session of one minute lets the directory's provider answer with a code at once. */
async function signIn(deps: Deps, { req, res, request, found }: SignIn): Promise<void> {
  const { tid } = found.directory;
  const provider = deps.providerOf(tid);
  const session = new provider.Session();
  session.loginAccount({ accountId: oidOf(tid, found.person.email), transient: true });
  await session.save(60);
  request.delete('prompt');
  authorizeAt(deps, { req, res, request, tid, session: { name: provider.cookieName('session'), id: session.jti } });
}

type AuthorizeAt = {
  req: Request<Authority>;
  res: Response;
  request: URLSearchParams;
  tid: string;
  session?: { name: string; id: string };
};

function authorizeAt(deps: Deps, { req, res, request, tid, session }: AuthorizeAt): void {
  // The browser's own cookies are left out: nobody stays signed in here, the application's session is what is tested.
  req.headers.cookie = session ? `${session.name}=${session.id}` : '';
  req.url = `/oauth2/v2.0/authorize?${request}`;
  deps.provide(tid, req, res);
}

function anotherPerson(deps: Deps, req: Request<Authority>, res: Response): void {
  const { tid, email, name, request } = req.body as Record<string, string>;
  const query = new URLSearchParams(request);
  const known = deps.directories.get(tid ?? '');
  const parsed = Directory.safeParse({
    tid,
    name: known?.name ?? `Directory ${tid?.slice(0, 8)}`,
    people: [{ email, name }],
  });
  if (!parsed.success) {
    const problem = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    return void res
      .status(400)
      .type('html')
      .send(picker(deps, req.params.authority, query, problem));
  }
  const directory = deps.directories.add(parsed.data);
  const person = directory.people.find((candidate) => candidate.email === email);
  if (person) res.redirect(303, signInLink(query, { directory, person }));
}

function logout(deps: Deps, req: Request<Authority>, res: Response): void {
  const target = queryOf(req.url).get('post_logout_redirect_uri');
  const origins = new Set(deps.clients().flatMap(({ redirectUris }) => redirectUris.map((uri) => new URL(uri).origin)));
  if (target && URL.canParse(target) && origins.has(new URL(target).origin)) return res.redirect(303, target);
  res.type('html').send(signedOutPage());
}
