import { randomUUID } from 'node:crypto';

/** A person at the portal, as a browser would be: cookies of the portal's address, and its public API alone. */
export interface PortalVisitor {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  /** A change of what was seen in that version. */
  patch<T>(path: string, body: unknown, version: number): Promise<T>;
  /** Follows an address as the browser does, from page to page; returns where it ends. */
  visit(url: string): Promise<string>;
}

/** What the portal answers instead of doing it; `code` is the problem's. */
export class PortalRefusal extends Error {
  override readonly name = 'PortalRefusal';
  readonly code: string | undefined;

  constructor(request: string, status: number, { code, title, detail }: ProblemText) {
    super(`${request}: ${[status, code, title, detail].filter(Boolean).join(' ')}`);
    this.code = code;
  }
}

const timeoutMs = 30_000;
const longestWalk = 10;

type ProblemText = { title?: string; detail?: string; code?: string };

const refusalOf = async (request: string, response: Response): Promise<PortalRefusal> =>
  new PortalRefusal(request, response.status, (await response.json().catch(() => ({}))) as ProblemText);

/** Signs the person in by the local directory, with an invitation's link or without; throws where the portal refuses. */
export const visitPortal = async (
  gateway: string,
  { email, invitation }: { email: string; invitation?: string },
): Promise<PortalVisitor> => {
  const cookies = new Map<string, string>();
  let token: { value: string; until: number } | undefined;

  const remember = (response: Response): void => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(line)) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  };
  const cookieHeader = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const send = async (
    url: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ): Promise<Response> => {
    const isOurs = url.startsWith(gateway);
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...init,
      headers: { ...init.headers, ...(isOurs && { cookie: cookieHeader() }) },
    });
    if (isOurs) remember(response);
    return response;
  };
  const visit = async (start: string, method = 'GET'): Promise<string> => {
    let url = start;
    for (let step = 0; step < longestWalk; step += 1) {
      const response = await send(url, step === 0 ? { method } : {});
      const next = response.headers.get('location');
      await response.body?.cancel();
      if (next === null) return url;
      url = new URL(next, url).href;
    }
    throw new Error('The sign-in went in circles');
  };

  const signIn = (): Promise<string> => visit(`${gateway}/api/auth/v1/sign-in?loginHint=${encodeURIComponent(email)}`);
  /** Opens the link of an invitation and presses the button of its page; whoever has used it before just signs in. */
  const accept = async (link: string): Promise<string> => {
    const text = await (await send(link)).text();
    const [, action] = /action="([^"]+)"/.exec(text) ?? [];
    if (action === undefined) return signIn();
    const target = new URL(action.replaceAll('&amp;', '&'), gateway);
    target.searchParams.set('loginHint', email);
    return visit(target.href, 'POST');
  };
  const landed = new URL(await (invitation === undefined ? signIn() : accept(invitation)));
  const refusal = landed.searchParams.get('problem');
  if (refusal !== null) throw new Error(`${email} could not sign in: ${refusal}`);

  const accessToken = async (): Promise<string> => {
    if (token && token.until > Date.now()) return token.value;
    const response = await send(`${gateway}/api/auth/v1/token`, { method: 'POST' });
    if (!response.ok) throw await refusalOf(`A token for ${email}`, response);
    const { accessToken: value } = (await response.json()) as { accessToken: string };
    token = { value, until: Date.now() + 200_000 };
    return value;
  };
  const call = async <T>(method: string, path: string, body?: unknown, version?: number): Promise<T> => {
    const response = await send(`${gateway}/api/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await accessToken()}`,
        ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
        ...(version !== undefined && { 'if-match': `"v${version}"` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw await refusalOf(`${method} ${path}`, response);
    return (await response.json()) as T;
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body, version) => call('PATCH', path, body, version),
    visit: (url) => visit(url),
  };
};
