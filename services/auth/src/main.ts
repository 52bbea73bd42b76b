import { projectedToken } from '@legendops/kit/auth/projected-token';
import { orExit } from '@legendops/kit/config/service-environment';
import { serviceFoundation } from '@legendops/kit/http/service-foundation';
import { repeat } from '@legendops/kit/jobs/repeat';
import { createMailer } from '@legendops/kit/mail/mailer';
import { authApp } from './app.ts';
import { readAuthConfig } from './config.ts';
import { portalCustomers } from './customer/portal-customers.ts';
import { invitationMailer } from './invitation/mailer.ts';
import { mailingChore } from './invitation/store.ts';
import { loadSigningKey } from './keys/signing-key.ts';
import { openSessions } from './session/open-session.ts';
import { sessionChore } from './session/store.ts';
import { createEntra } from './sign-in/entra.ts';

const mailEveryMs = 2_000;

const config = orExit(() => readAuthConfig(process.env));
const foundation = await serviceFoundation('auth', config, (parts) => openSessions(parts.database));
const { database, platform, registry, log } = foundation;
const mailer = createMailer({ smtpUrl: config.SMTP_URL, from: config.MAIL_FROM });
const { routes, internalRoutes, mailing } = authApp({
  database,
  platform,
  registry,
  entra: createEntra({
    authorityUrl: config.ENTRA_AUTHORITY,
    clientId: config.ENTRA_CLIENT_ID,
    clientSecret: config.entraClientSecret,
    redirectUri: `${config.PUBLIC_URL}/api/auth/v1/callback`,
  }),
  mailer: invitationMailer(mailer),
  isActiveCustomer: portalCustomers({
    url: config.PORTAL_INTERNAL_URL,
    token: projectedToken(config.PORTAL_TOKEN_PATH),
  }),
  key: await loadSigningKey(config.signingKeyPem, config.ACCESS_TOKEN_ISSUER, config.otherKeyPem),
  cookieKey: config.cookieKey,
  publicUrl: config.PUBLIC_URL,
  sessionIdleMinutes: config.SESSION_IDLE_MINUTES,
  sessionHours: config.SESSION_HOURS,
  log,
});
const mails = repeat(() => mailing.mailDue(), { everyMs: mailEveryMs, log, name: 'invitations' });
await foundation.serve({
  routes,
  internalRoutes,
  background: [mails, { stop: async () => mailer.close() }],
  chores: [sessionChore, mailingChore],
});
