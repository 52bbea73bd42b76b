import { asMember } from '@legendops/kit/audit/audit';
import type { SessionCheck } from '@legendops/kit/auth/session-check';
import { clearCookie, cookieValue, setCookie } from '@legendops/kit/auth/cookies';
import { problem, Problem } from '@legendops/kit/errors/problem';
import { noContent, ok, publicRoute, route } from '@legendops/kit/http/route';
import type { Log } from '@legendops/kit/log/logger';
import { sampled } from '@legendops/kit/log/sampled';
import { z } from 'zod';
import { Connection, Connections, Pax8Credentials, QuickBooksAuthorization, Vendor } from '../contract.ts';
import type { QuickBooksOAuth } from '../quickbooks/oauth.ts';
import { connectionActs, permissionTo } from './policy.ts';
import type { ConnectStates } from './quickbooks-state.ts';
import type { ConnectionService } from './service.ts';

const cookie = '__Host-legendops-quickbooks';
const cookieSeconds = 600;

export const connectionRoutes = ({
  connections,
  oauth,
  states,
  checkSession,
  publicUrl,
  log,
}: {
  connections: ConnectionService;
  oauth: QuickBooksOAuth;
  states: ConnectStates;
  checkSession: SessionCheck;
  publicUrl: string;
  log: Log;
}) => {
  const sample = sampled();
  return [
    route({
      method: 'get',
      path: '/v1/connections',
      permission: 'connection.read',
      summary: 'Links to vendors and their state',
      responses: { 200: Connections },
      handler: async ({ scope, actor }) => ok({ data: await connections.all(scope), acts: connectionActs(actor) }),
    }),
    route({
      method: 'put',
      path: '/v1/connections/pax8',
      permission: permissionTo.connect,
      summary: 'Connects Pax8, after Pax8 has accepted the credentials',
      audit: ['connection.made'],
      body: Pax8Credentials,
      responses: { 200: Connection },
      handler: async ({ scope, body }) => ok(await connections.connectPax8(scope, body)),
    }),
    route({
      method: 'post',
      path: '/v1/connections/quickbooks/authorization',
      permission: permissionTo.connect,
      summary: 'Where to choose the QuickBooks company',
      audit: { none: 'Nothing is connected yet: what comes back is, and is audited there' },
      responses: { 200: QuickBooksAuthorization },
      handler: async ({ actor }) => {
        const { state, nonce } = await states.begin(actor);
        return {
          ...ok({ url: oauth.authorizationUrl(state) }),
          cookies: [setCookie(cookie, nonce, cookieSeconds)],
        };
      },
    }),
    route({
      method: 'delete',
      path: '/v1/connections/{vendor}',
      permission: permissionTo.disconnect,
      summary: 'Gives an account up: its credentials are not used any more, and another organisation may connect it',
      audit: ['connection.removed', 'pax8-webhook.turned-off'],
      params: z.strictObject({ vendor: Vendor }),
      responses: { 204: null },
      handler: async ({ scope, params: { vendor } }) => {
        await connections.disconnect(scope, vendor);
        return noContent();
      },
    }),
    publicRoute({
      method: 'get',
      path: '/v1/connections/quickbooks/callback',
      // Whoever comes back brings the state that they were sent with, sealed; junk does not.
      limit: {
        perMinute: 120,
        known: {
          identify: async ({ url = '' }) =>
            (await states.read(new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('state') ?? ''))?.memberId,
          perMinute: 10,
        },
      },
      summary: 'Where Intuit sends the browser back to',
      audit: ['connection.made'],
      query: z.object({
        state: z.string().max(2_000).optional(),
        code: z.string().max(2_000).optional(),
        realmId: z
          .string()
          .regex(/^\d{1,30}$/)
          .optional(),
        error: z.string().max(200).optional(),
      }),
      responses: { 302: null },
      handler: async ({ query: { state, code, realmId, error: refusal }, headers, actAs }) => {
        const back = (query: string) => ({
          status: 302,
          headers: { location: `${publicUrl}/connections?${query}` },
          cookies: [clearCookie(cookie)],
        });
        try {
          if (refusal === 'access_denied') throw problem('connection.cancelled');
          const began = await states.finish(state ?? '', cookieValue(headers.cookie, cookie));
          if (!began || code === undefined || realmId === undefined) throw problem('connection.refused');
          // Put out meanwhile: the account may be their own. Ended sessions are known for as long as a state holds.
          await checkSession(began);
          const scope = actAs({ tenantId: began.tenantId, author: asMember(began) });
          await connections.connectQuickBooks(scope, { code, realmId });
          return back('connected=quickbooks');
        } catch (error) {
          if (!(error instanceof Problem)) log.error({ err: error }, 'QuickBooks was not connected');
          else {
            const line = sample(error.code);
            if (line) log.info({ code: error.code, reason: error.message, ...line }, 'QuickBooks was not connected');
          }
          return back(`problem=${error instanceof Problem ? error.code : 'vendor.unavailable'}`);
        }
      },
    }),
  ];
};
