import { auditFeed } from '@legendops/kit/contract/audit-payload';
import type { PlatformDatabase, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import type { Route } from '@legendops/kit/http/route';
import type { Log } from '@legendops/kit/log/logger';
import { feedRoutes } from '@legendops/kit/outbox/feed-routes';
import { acceptanceRoutes } from './acceptance/routes.ts';
import { shownCookie } from './acceptance/shown-cookie.ts';
import type { IsActiveCustomer } from './customer/portal-customers.ts';
import { invitationRoutes } from './invitation/routes.ts';
import { invitationLinks } from './invitation/link.ts';
import { invitationMailing, type InvitationMailing } from './invitation/mailing.ts';
import { invitationService } from './invitation/service.ts';
import { invitationStore } from './invitation/store.ts';
import type { InvitationMailer } from './invitation/mailer.ts';
import { keyRoutes } from './keys/routes.ts';
import type { SigningKey } from './keys/signing-key.ts';
import { memberRoutes } from './member/routes.ts';
import { staffRoutes } from './member/staff-routes.ts';
import { memberService } from './member/service.ts';
import { memberStore } from './member/store.ts';
import { revocationRoutes } from './session/revocations.ts';
import { sessionRoutes } from './session/routes.ts';
import { sessionSecrets } from './session/session-secrets.ts';
import { sessionService } from './session/service.ts';
import { sessionStore } from './session/store.ts';
import type { Entra } from './sign-in/entra.ts';
import { pendingCookie } from './sign-in/pending-cookie.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { signInService } from './sign-in/service.ts';
import { signInStore } from './sign-in/store.ts';

export interface AuthDependencies {
  database: TenantDatabase;
  platform: PlatformDatabase;
  registry: TenantRegistry;
  entra: Entra;
  mailer: InvitationMailer;
  isActiveCustomer: IsActiveCustomer;
  key: SigningKey;
  cookieKey: Uint8Array;
  publicUrl: string;
  sessionIdleMinutes: number;
  sessionHours: number;
  log: Log;
  now?: () => Date;
}

export interface AuthApp {
  routes: Route[];
  internalRoutes: Route[];
  mailing: InvitationMailing;
}

/** The auth service without its ports. No I/O happens here. */
export const authApp = (deps: AuthDependencies): AuthApp => {
  const { database, platform, registry, key, publicUrl, isActiveCustomer, log } = deps;
  const clock = deps.now && { now: deps.now };
  const members = memberService({ store: memberStore(database), database, isActiveCustomer });
  const invited = invitationStore(database, platform);
  const invitations = invitationService({ store: invited, database, members, isActiveCustomer });
  const secrets = sessionSecrets(deps.cookieKey);
  const sessions = sessionService({
    store: sessionStore(database, platform),
    secrets,
    members,
    registry,
    key,
    idleMinutes: deps.sessionIdleMinutes,
    hours: deps.sessionHours,
    ...clock,
  });
  const signIns = signInService({
    entra: deps.entra,
    store: signInStore(platform),
    registry,
    members,
    invitations,
    sessions,
    log,
  });
  const cookie = pendingCookie(deps.cookieKey);
  return {
    mailing: invitationMailing({
      store: invited,
      database,
      registry,
      mailer: deps.mailer,
      links: invitationLinks({ key: deps.cookieKey, publicUrl }),
    }),
    routes: [
      ...keyRoutes(key),
      ...signInRoutes({ signIns, cookie, publicUrl, log }),
      ...acceptanceRoutes({
        invitations,
        registry,
        signIns,
        shown: shownCookie(deps.cookieKey),
        pending: cookie,
        publicUrl,
      }),
      ...sessionRoutes({ sessions, secrets, members, publicUrl }),
      ...memberRoutes(members),
      ...invitationRoutes(invitations),
    ],
    internalRoutes: [
      ...revocationRoutes(platform),
      ...staffRoutes(members),
      ...feedRoutes({ database: platform, feeds: { [auditFeed.topic]: ['legendops/portal'] } }),
    ],
  };
};
