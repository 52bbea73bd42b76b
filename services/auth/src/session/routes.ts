import { clearCookie } from '@legendops/kit/auth/cookies';
import { permissionsOf } from '@legendops/kit/contract/permissions';
import { problem } from '@legendops/kit/errors/problem';
import { ok, publicRoute, route } from '@legendops/kit/http/route';
import type { StrangerLimit } from '@legendops/kit/http/stranger-limits';
import { z } from 'zod';
import { AccessToken, Me } from '../contract.ts';
import type { MemberService } from '../member/service.ts';
import { refuseOtherSites } from './other-sites.ts';
import type { SessionService } from './service.ts';
import { sessionCookie, type SessionSecrets } from './session-secrets.ts';

// A portal asks when it is opened and every few minutes; who has many tabs asks in each.
const tradesPerMinute = 60;

export const sessionRoutes = ({
  sessions,
  secrets,
  members,
  publicUrl,
}: {
  sessions: SessionService;
  secrets: SessionSecrets;
  members: MemberService;
  publicUrl: string;
}) => {
  const limit: StrangerLimit = {
    known: { identify: async ({ headers }) => secrets.in(headers.cookie)?.split('.')[1], perMinute: tradesPerMinute },
  };
  return [
    publicRoute({
      method: 'post',
      path: '/v1/token',
      audit: { none: 'Every open portal asks every few minutes; nothing changes but when the person was last seen' },
      limit,
      summary:
        'An access token for the session of the cookie; seen=true says that a person did something since the last one',
      query: z.strictObject({ seen: z.stringbool().default(false) }),
      responses: { 200: AccessToken },
      handler: async ({ headers, query }) => {
        refuseOtherSites(headers, publicUrl);
        return ok(await sessions.token(headers.cookie, query));
      },
    }),
    publicRoute({
      method: 'post',
      path: '/v1/sign-out',
      audit: ['session.ended'],
      limit,
      summary: 'Ends the session of the cookie',
      responses: { 204: null },
      handler: async ({ headers, actAs }) => {
        refuseOtherSites(headers, publicUrl);
        await sessions.end(actAs, headers.cookie);
        return { status: 204, cookies: [clearCookie(sessionCookie)] };
      },
    }),
    route({
      method: 'get',
      path: '/v1/me',
      permission: 'session.read',
      summary: 'Who is signed in, where, and what the role allows',
      responses: { 200: Me },
      handler: async ({ actor, scope, tenant }) => {
        const member = await members.get(scope, actor.memberId);
        if (!member) throw problem('token.invalid');
        const { id, name, email, role, customerId } = member;
        return ok({
          member: { id, name, email, role, customerId },
          tenant: {
            id: tenant.id,
            name: tenant.name,
            displayName: tenant.displayName,
            currency: tenant.currency,
            timeZone: tenant.timeZone,
          },
          permissions: permissionsOf(role),
        });
      },
    }),
  ];
};
