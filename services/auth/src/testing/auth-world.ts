import { silentLog } from '@legendops/kit/testing/silent-log';
import { generateKeyPairSync } from 'node:crypto';
import type { JWK } from 'jose';
import type { Actor } from '@legendops/kit/auth/actor';
import type { Role } from '@legendops/kit/contract/permissions';
import { createPool } from '@legendops/kit/db/pool';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { tenantRegistry } from '@legendops/kit/db/tenant-registry';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { testApi, type TestApi } from '@legendops/kit/testing/test-api';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { startEntra, type Entra } from '../../../../scripts/doubles/entra/server.ts';
import { trustedCertificates } from '../../../../scripts/loopback/trust-for-test.ts';
import { authApp } from '../app.ts';
import type { InvitationMail } from '../invitation/mailer.ts';
import type { InvitationMailing } from '../invitation/mailing.ts';
import { loadSigningKey } from '../keys/signing-key.ts';
import { openSessions } from '../session/open-session.ts';
import { createEntra } from '../sign-in/entra.ts';

export const publicUrl = 'http://portal.test';
export const northwind = '11111111-1111-4111-8111-111111111111';
/** The one customer that the portal service knows. */
export const customerId = '0190f000-0000-7000-8000-0000000000cc';
export const contoso = '22222222-2222-4222-8222-222222222222';

/** A browser: keeps the portal's cookies, follows no redirect by itself. */
export interface Browser {
  get(path: string): Promise<{ status: number; location: string; headers: Headers; text: string }>;
  post(path: string, headers?: Record<string, string>): ReturnType<TestApi['call']>;
  cookies: Map<string, string>;
}

export interface OtherTransaction {
  query(text: string, values?: unknown[]): Promise<unknown>;
  end(): Promise<void>;
}

export interface AuthWorld {
  database: TestDatabase;
  api: TestApi;
  /** The same without looking at sessions: for tests of what stands before that. */
  roleApi: TestApi;
  /** What other services ask. */
  internalApi: TestApi;
  /** The public key of the tokens that it gives. */
  jwk: JWK;
  /** What somebody else does in a transaction, which stays open until `end` is called. */
  otherTransaction(): Promise<OtherTransaction>;
  /** Somebody who is signed in: a member of that tenant, by default an administrator, with an open session. */
  actor(options?: { tenantId?: string; role?: Role }): Promise<Actor>;
  entra: Entra;
  tenantId: string;
  mailing: InvitationMailing;
  /** What was mailed, oldest first. */
  mails: InvitationMail[];
  /** What the mail server does before it takes a mail; nothing at first. */
  post: { before: (mail: InvitationMail) => Promise<void> };
  /** How far the service's clock is ahead of everybody's. */
  clock: { aheadMs: number };
  /** The active customers of the organisation, as the portal knows them; at first the one of `customerId`. */
  customers: Set<string>;
  /** Everything as at the start: nobody known, nothing mailed, no fault. */
  begin(): Promise<void>;
  browser(): Browser;
  /** Walks a sign-in from its first address to where the portal is shown. */
  signIn(browser: Browser, options: { email: string; invitation?: string; returnTo?: string }): Promise<string>;
  close(): Promise<void>;
}

const signingKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Opens the link of an invitation and presses the button of its page: where that leads. */
const accept = async (visitor: Browser, secret: string, loginHint: string): Promise<string> => {
  const { status, text } = await visitor.get(`/api/auth/v1/invitation?link=${secret}`);
  if (status === 410) return `${publicUrl}/?problem=invitation.used`;
  const action = actionIn(text);
  const answer = await visitor.post(`${action}&loginHint=${loginHint}`, { origin: publicUrl });
  return answer.headers.get('location') ?? '';
};

export const actionIn = (html: string): string => /action="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';

const openTransaction = async (connectionString: string): Promise<OtherTransaction> => {
  const pool = createPool({ connectionString, max: 1 });
  const client = await pool.connect();
  await client.query('begin');
  return {
    query: (text, values) => client.query(text, values),
    end: async () => {
      await client.query('commit');
      client.release();
      await pool.end();
    },
  };
};

const signedIn = async (
  { administrator }: TestDatabase,
  { tenantId, role = 'tenant_admin' }: { tenantId: string; role?: Role },
): Promise<Actor> => {
  await administrator.query(
    `insert into auth.directories (tenant_id, directory_id) select $1, app.uuid_v7()
     where not exists (select from auth.directories where tenant_id = $1)`,
    [tenantId],
  );
  const { rows } = await administrator.query<{ member_id: string; id: string }>(
    `with member as (
       insert into auth.members (tenant_id, directory_id, object_id, name, email, role)
       select $1, (select min(directory_id::text)::uuid from auth.directories where tenant_id = $1), app.uuid_v7(), 'Zoe',
         'zoe@northwind.example', $2 returning id)
     insert into auth.sessions (tenant_id, member_id, token_hash, expires_at)
     select $1, id, '', now() + interval '1 hour' from member returning member_id, id`,
    [tenantId, role],
  );
  const { member_id: memberId = '', id: sessionId = '' } = rows[0] ?? {};
  return { tenantId, memberId, sessionId, role, name: 'Zoe', email: 'zoe@northwind.example' };
};

export const authWorld = async (): Promise<AuthWorld> => {
  const database = await testDatabase('auth_db');
  const tenantId = await aTenant(database.administrator, { limits: { requestsPerMinute: 100_000 } });
  await database.administrator.query('select app.set_directories($1, $2)', [tenantId, [northwind]]);
  const certificates = await trustedCertificates();
  const entra = await startEntra({
    tls: certificates,
    clients: [{ clientId: 'portal', clientSecret: 'secret', redirectUris: [`${publicUrl}/api/auth/v1/callback`] }],
    directories: [
      {
        tid: northwind,
        name: 'Northwind',
        people: [
          { email: 'ada@northwind.example', name: 'Ada' },
          { email: 'eve@northwind.example', name: 'Eve' },
        ],
      },
      { tid: contoso, name: 'Contoso', people: [{ email: 'carl@contoso.example', name: 'Carl' }] },
    ],
  });
  const pool = database.pool('svc_auth');
  const platform = platformDatabase(pool);
  const mails: InvitationMail[] = [];
  const post: AuthWorld['post'] = { before: async () => undefined };
  const clock = { aheadMs: 0 };
  const customers = new Set<string>();
  const key = await loadSigningKey(signingKey(), 'http://issuer.test');
  const service = serviceDatabase(pool);
  const { routes, internalRoutes, mailing } = authApp({
    database: service,
    platform,
    registry: tenantRegistry(platform, () => Number.POSITIVE_INFINITY),
    entra: createEntra({
      authorityUrl: entra.url,
      clientId: 'portal',
      clientSecret: 'secret',
      redirectUri: `${publicUrl}/api/auth/v1/callback`,
      timeoutMs: 2_000,
    }),
    mailer: {
      invite: async (mail) => {
        await post.before(mail);
        mails.push(mail);
      },
    },
    isActiveCustomer: async (_tenantId, id) => customers.has(id),
    key,
    cookieKey: Buffer.alloc(32, 3),
    publicUrl,
    sessionIdleMinutes: 60,
    sessionHours: 12,
    log: silentLog,
    now: () => new Date(Date.now() + clock.aheadMs),
  });
  const api = await testApi({
    service: 'auth',
    routes,
    pool,
    furtherKeys: [key.jwk],
    checkSession: openSessions(service).check,
  });
  const roleApi = await testApi({ service: 'auth', routes, pool });
  const internalApi = await testApi({ service: 'auth', prefix: '/internal', routes: internalRoutes, pool });

  const browser = (): Browser => {
    const cookies = new Map<string, string>();
    const remember = (headers: Headers): void => {
      for (const line of headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
        if (line.includes('Max-Age=0')) cookies.delete(name);
        else cookies.set(name, value);
      }
    };
    const send = async (method: string, path: string, headers: Record<string, string> = {}) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await api.call(method, path, { headers: { ...headers, ...(cookie !== '' && { cookie }) } });
      remember(answer.headers);
      return answer;
    };
    return {
      cookies,
      get: async (path) => {
        const { status, headers, body } = await send('GET', path);
        return { status, location: headers.get('location') ?? '', headers, text: String(body) };
      },
      post: (path, headers) => send('POST', path, headers),
    };
  };
  return {
    database,
    api,
    roleApi,
    internalApi,
    jwk: key.jwk,
    otherTransaction: () => openTransaction(database.url()),
    actor: (options = {}) => signedIn(database, { tenantId, ...options }),
    entra,
    tenantId,
    mailing,
    mails,
    post,
    clock,
    customers,
    begin: async () => {
      clock.aheadMs = 0;
      mails.length = 0;
      post.before = async () => undefined;
      entra.faults.clear();
      customers.clear();
      customers.add(customerId);
      await database.administrator.query(
        'delete from auth.sessions; delete from auth.invitations; delete from auth.members; delete from auth.invitation_mailings',
      );
      await database.administrator.query("update app.tenants set state = 'active'");
    },
    browser,
    signIn: async (visitor, { email, invitation, returnTo }) => {
      const loginHint = encodeURIComponent(email);
      const begin = async (): Promise<string> => {
        if (invitation !== undefined) return accept(visitor, invitation, loginHint);
        const query = new URLSearchParams({ loginHint: email, ...(returnTo !== undefined && { returnTo }) });
        return (await visitor.get(`/api/auth/v1/sign-in?${query}`)).location;
      };
      const location = await begin();
      if (location.startsWith(publicUrl)) return location;
      const answered = await fetch(location, { redirect: 'manual' });
      const callback = new URL(answered.headers.get('location') ?? '');
      return (await visitor.get(callback.pathname + callback.search)).location;
    },
    close: async () => {
      await Promise.all([api, roleApi, internalApi].map((one) => one.close()));
      await entra.close();
      await certificates.remove();
      await database.close();
    },
  };
};

export const secretIn = (mail: InvitationMail | undefined): string =>
  new URL(mail?.link ?? '').searchParams.get('link') ?? '';

/** Invites somebody to the tenant, as its administrator would. */
export const invitePerson = async (
  { database, tenantId }: AuthWorld,
  { email, role = 'tenant_admin', tenant = tenantId }: { email: string; role?: string; tenant?: string },
): Promise<void> => {
  await database.administrator.query(
    `insert into auth.invitations (tenant_id, email, name, role, customer_id, origin)
     values ($1, $2, 'Ada', $3, case when $3 = 'guest' then $4::uuid end, 'member')`,
    [tenant, email, role, customerId],
  );
};

/** The same, mailed: the secret in the link. */
export const invitationSecret = async (
  world: AuthWorld,
  options: Parameters<typeof invitePerson>[1],
): Promise<string> => {
  await invitePerson(world, options);
  await world.mailing.mailDue();
  return secretIn(world.mails.at(-1));
};
