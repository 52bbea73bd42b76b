import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { publicRoute, type Answer } from '@legendops/kit/http/route';
import { z } from 'zod';
import { pageHeaders } from '../html.ts';
import type { InvitationService } from '../invitation/service.ts';
import { refuseOtherSites } from '../session/other-sites.ts';
import type { PendingCookie } from '../sign-in/pending-cookie.ts';
import { signInProblem, type SignInService } from '../sign-in/service.ts';
import { invitationPage, openAgainPage, usedPage, type InvitationToShow } from './pages.ts';
import type { ShownCookie } from './shown-cookie.ts';

const page = (status: number, html: string, cookies: readonly string[] = []): Answer => ({
  status,
  html,
  headers: pageHeaders,
  cookies,
});

/** Where a mailed link leads: a page that changes nothing, and the POST by which its person accepts. */
export const acceptanceRoutes = ({
  invitations,
  registry,
  signIns,
  shown,
  pending,
  publicUrl,
}: {
  invitations: Pick<InvitationService, 'invitedBy'>;
  registry: TenantRegistry;
  signIns: Pick<SignInService, 'begin'>;
  shown: ShownCookie;
  pending: PendingCookie;
  publicUrl: string;
}) => {
  const find = async (secret: string): Promise<InvitationToShow | undefined> => {
    const invited = await invitations.invitedBy(secret);
    if (!invited) return undefined;
    const tenant = await registry.find(invited.tenantId);
    return tenant?.state === 'active' ? { ...invited, organisation: tenant.displayName } : undefined;
  };
  const used = (): Answer => page(410, usedPage(`${publicUrl}/`), [shown.clear()]);

  return [
    publicRoute({
      method: 'get',
      path: '/v1/invitation',
      summary: 'A page that says which organisation invites whom; following the link does nothing else',
      query: z.strictObject({ link: z.string().max(100) }),
      responses: { 200: null, 410: null },
      handler: async ({ query: { link } }) => {
        const invitation = await find(link);
        if (!invitation) return used();
        const { check, cookie } = await shown.write(link);
        return page(200, invitationPage(invitation, `/api/auth/v1/invitation?check=${check}`), [cookie]);
      },
    }),
    publicRoute({
      method: 'post',
      path: '/v1/invitation',
      audit: { none: 'It only begins a sign-in: who joins by it is audited when they come back' },
      summary: 'Accepts the invitation of that page, and sends the browser to its directory',
      query: z.strictObject({ check: z.string().max(100), loginHint: z.email().max(320).optional() }),
      responses: { 303: null, 400: null, 410: null },
      handler: async ({ query: { check, loginHint }, headers }) => {
        refuseOtherSites(headers, publicUrl);
        const secret = await shown.read(headers.cookie, check);
        if (secret === undefined) return page(400, openAgainPage());
        const invitation = await find(secret);
        if (!invitation) return used();
        // A guest chooses the account; of staff it is known.
        const account = invitation.role === 'guest' ? undefined : invitation.email;
        try {
          const begun = await signIns.begin({ returnTo: '/', invitation: secret, loginHint: loginHint ?? account });
          const cookies = [shown.clear(), await pending.write(begun.pending)];
          return { status: 303, headers: { location: begun.url }, cookies };
        } catch (error) {
          return { status: 303, headers: { location: `${publicUrl}/?problem=${signInProblem(error)}` } };
        }
      },
    }),
  ];
};
