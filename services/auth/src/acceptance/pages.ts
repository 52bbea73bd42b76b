import type { Role } from '@legendops/kit/contract/permissions';
import { escapeHtml } from '@legendops/kit/http/escape-html';
import { htmlPage } from '../html.ts';

export interface InvitationToShow {
  organisation: string;
  name: string;
  email: string;
  role: Role;
}

const roleNames: Record<Role, string> = {
  tenant_admin: 'Administrator',
  billing_viewer: 'Billing viewer',
  support_user: 'Support',
  guest: 'Guest of one customer',
};

const accountOf = ({ role, email }: InvitationToShow): string =>
  role === 'guest'
    ? 'Sign in with the work or school account that you want to use here.'
    : `Sign in with the account of ${email}: the invitation is for that address alone.`;

/** Who invites whom, as what. Nothing has happened when it is shown; `action` is where accepting is posted to. */
export const invitationPage = (shown: InvitationToShow, action: string): string =>
  htmlPage({
    title: `${shown.organisation} invites you`,
    body: `<p class="muted">to its LegendOps portal.</p>
<dl><dt>Organisation</dt><dd>${escapeHtml(shown.organisation)}</dd>
<dt>Invited</dt><dd>${escapeHtml(shown.name)} (${escapeHtml(shown.email)})</dd>
<dt>Role</dt><dd>${roleNames[shown.role]}</dd></dl>
<p>${escapeHtml(accountOf(shown))} Not you, or not expected? Close this page: nothing has happened.</p>
<form method="post" action="${escapeHtml(action)}"><button class="act">Accept and sign in with Microsoft</button>
<p class="muted">Whoever is signed in to LegendOps in this browser is signed out.</p></form>`,
  });

/** The link holds no more; the portal is where somebody goes who has used it before. */
export const usedPage = (portal: string): string =>
  htmlPage({
    title: 'This invitation no longer holds',
    body: `<p class="muted">An invitation works once, for 14 days, and the newest mail of it alone. If you have used it before,
just sign in. Otherwise ask an administrator of the organisation for a new one.</p>
<a class="act" href="${escapeHtml(portal)}">Go to the sign-in</a>`,
  });

/** The page was open for too long, or in another browser than the answer. */
export const openAgainPage = (): string =>
  htmlPage({
    title: 'Open the link once more',
    body: `<p class="muted">This page was open for too long, or another invitation was opened meanwhile. Nothing has happened.
Follow the link in your mail again.</p>`,
  });
