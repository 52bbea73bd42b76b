import { setCookie } from '@legendops/kit/auth/cookies';
import { Problem } from '@legendops/kit/errors/problem';
import type { Log } from '@legendops/kit/log/logger';
import { sampled } from '@legendops/kit/log/sampled';
import { publicRoute, type Answer } from '@legendops/kit/http/route';
import { z } from 'zod';
import { sessionCookie } from '../session/session-secrets.ts';
import type { PendingCookie } from './pending-cookie.ts';
import { signInProblem, type SignInService } from './service.ts';
import { signIns as outcomes } from './sign-in-metrics.ts';

/** A path of the portal itself; anything that a browser could take for another site is refused. */
const ReturnTo = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\w\-./?=&%~+:@,]*$/)
  .default('/');

const redirect = (location: string, cookies: readonly string[]): Answer => ({
  status: 302,
  headers: { location },
  cookies,
});

export const signInRoutes = ({
  signIns,
  cookie,
  publicUrl,
  log,
}: {
  signIns: SignInService;
  cookie: PendingCookie;
  publicUrl: string;
  log: Log;
}) => {
  const sample = sampled();
  // A person is looking at these addresses, not a program: what goes wrong is told by a page of the portal.
  const refused = (error: unknown, cookies: readonly string[]): Answer => {
    const code = signInProblem(error);
    if (!(error instanceof Problem)) log.error({ err: error }, 'sign-in failed');
    else {
      const line = sample(code);
      if (line) log.info({ code, ...line }, 'sign-in refused');
    }
    return redirect(`${publicUrl}/?problem=${code}`, cookies);
  };
  return [
    publicRoute({
      method: 'get',
      path: '/v1/sign-in',
      // It asks nobody, and whoever shares an address with somebody hostile must still be able to begin.
      limit: 'none',
      summary: 'Sends the browser to its directory',
      query: z.strictObject({
        returnTo: ReturnTo,
        loginHint: z.email().max(320).optional(),
        /** Of mails from before the invitation had a page of its own; they hold for 14 days. */
        invitation: z
          .string()
          .regex(/^[\w-]{1,100}$/)
          .optional(),
      }),
      responses: { 302: null },
      handler: async ({ query }) => {
        const { invitation, ...request } = query;
        if (invitation !== undefined) return redirect(`${publicUrl}/api/auth/v1/invitation?link=${invitation}`, []);
        try {
          const { url, pending } = await signIns.begin(request);
          return redirect(url, [await cookie.write(pending)]);
        } catch (error) {
          return refused(error, []);
        }
      },
    }),
    publicRoute({
      method: 'get',
      path: '/v1/callback',
      audit: ['member.joined', 'session.started', 'session.ended'],
      // Whoever comes back brings what this browser was given when it began, sealed; junk does not.
      limit: {
        perMinute: 120,
        known: {
          identify: async ({ headers: sent }) => (await cookie.read(sent.cookie))?.state,
          perMinute: 10,
        },
      },
      summary: 'Where the directory sends the browser back to',
      // Entra adds parameters of its own (session_state, client_info); none of them is used.
      query: z.object({
        state: z.string().max(200).optional(),
        code: z.string().max(4_096).optional(),
        error: z.string().max(200).optional(),
      }),
      responses: { 302: null },
      handler: async ({ query, headers, actAs }) => {
        const pending = await cookie.read(headers.cookie);
        try {
          const { session, seconds } = await signIns.finish(query, { pending, cookieHeader: headers.cookie }, actAs);
          outcomes.inc({ outcome: 'completed' });
          return redirect(`${publicUrl}${pending?.returnTo ?? '/'}`, [
            cookie.clear(),
            setCookie(sessionCookie, session, seconds),
          ]);
        } catch (error) {
          outcomes.inc({ outcome: signInProblem(error) });
          return refused(error, [cookie.clear()]);
        }
      },
    }),
  ];
};
