import { WorkloadIdentityCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { followRevocations } from '@legendops/kit/auth/follow-revocations';
import { projectedToken } from '@legendops/kit/auth/projected-token';
import { secretAt } from '@legendops/kit/config/vault-address';
import { orExit } from '@legendops/kit/config/service-environment';
import { customerFeed } from '@legendops/kit/contract/customer-feed';
import { serviceFoundation } from '@legendops/kit/http/service-foundation';
import { repeat, type Repeating } from '@legendops/kit/jobs/repeat';
import { createMailer } from '@legendops/kit/mail/mailer';
import { feedOf } from '@legendops/kit/outbox/feed-source';
import { followFeed } from '@legendops/kit/outbox/follow-feed';
import { billingApp } from './app.ts';
import { readBillingConfig } from './config.ts';
import { applyCustomers } from './customer/follow-customers.ts';
import { measureBilling } from './figures/billing-metrics.ts';
import { figureStore } from './figures/store.ts';
import { rightsFrom } from './member/rights.ts';
import { staffFrom } from './member/staff.ts';
import { noticeChores } from './notice/notice-chores.ts';
import { teamsAt } from './notice/teams.ts';
import { quickBooksOAuth } from './quickbooks/oauth.ts';
import { billingSettings } from './settings.ts';
import { portalSuperOps } from './second-biller/portal-superops.ts';
import { measuredSecret, measuredVault } from './vault/measured-vault.ts';
import { teamsVault } from './vault/teams-vault.ts';
import { vendorVault } from './vault/vendor-vault.ts';

const postEveryMs = 5_000;
const measureEveryMs = 60_000;
const tellEveryMs = 5_000;

const config = orExit(() => readBillingConfig(process.env));
// On one machine the sign-in authority is not one that Entra's instance discovery knows.
const credential = new WorkloadIdentityCredential({ disableInstanceDiscovery: config.VAULT_IS_LOCAL });
const secrets = new SecretClient(config.VAULT_URL, credential, {
  disableChallengeResourceVerification: config.VAULT_IS_LOCAL,
});
const ownSecret = async (address: string): Promise<string> => {
  const { name, version } = secretAt(address, config.VAULT_URL);
  const { value = '' } = await secrets.getSecret(name, version === undefined ? {} : { version });
  return value;
};

const foundation = await serviceFoundation(
  'billing',
  config,
  ({ log }) => followRevocations({ url: config.AUTH_INTERNAL_URL, token: projectedToken(config.AUTH_TOKEN_PATH), log }),
  {
    list: billingSettings,
    given: {
      pax8CallsPerMinute: config.PAX8_CALLS_PER_MINUTE,
      pax8Events: true,
      quickBooksVerifier: config.quickBooksVerifier,
    },
    readSecret: ownSecret,
  },
);
const { database, platform, registry, checkSession, settings, log } = foundation;

const portal = { url: config.PORTAL_INTERNAL_URL, token: projectedToken(config.PORTAL_TOKEN_PATH) };
const staffOf = staffFrom({ url: config.AUTH_INTERNAL_URL, token: projectedToken(config.AUTH_TOKEN_PATH) });
const mailer = createMailer({ smtpUrl: config.SMTP_URL, from: config.MAIL_FROM });

let rounds: Repeating | undefined;
const app = billingApp({
  database,
  platform,
  registry,
  vault: measuredVault(vendorVault(secrets)),
  pax8: {
    url: config.PAX8_URL,
    audience: config.PAX8_AUDIENCE,
    get callsPerMinute() {
      return settings.current().pax8CallsPerMinute;
    },
  },
  readsPax8Events: () => settings.current().pax8Events,
  quickBooksUrl: config.QUICKBOOKS_API_URL,
  oauth: quickBooksOAuth({
    authorizeUrl: config.QUICKBOOKS_AUTHORIZE_URL,
    tokenUrl: config.QUICKBOOKS_TOKEN_URL,
    clientId: config.QUICKBOOKS_CLIENT_ID,
    clientSecret: config.quickBooksClientSecret,
    redirectUri: `${config.PUBLIC_URL}/api/billing/v1/connections/quickbooks/callback`,
  }),
  superOpsInvoicesOf: portalSuperOps(portal),
  quickBooksVerifier: () => settings.current().quickBooksVerifier,
  stateKey: config.stateKey,
  rightsOf: rightsFrom(staffOf),
  notices: {
    staffOf,
    mailer,
    teams: teamsAt(config.TEAMS_WEBHOOK_ORIGINS),
    vault: measuredSecret(teamsVault(secrets)),
  },
  checkSession,
  publicUrl: config.PUBLIC_URL,
  log,
  now: () => new Date(),
  onPostingRequested: () => {
    // The request's transaction is still open: a moment later its row can be seen.
    setTimeout(() => rounds?.nudge(), 50);
  },
});
rounds = repeat(() => app.books.round(), { everyMs: postEveryMs, log, name: 'postings' });
const telling = repeat(() => app.notices.round(), { everyMs: tellEveryMs, log, name: 'notices' });
const customers = followFeed({
  source: feedOf({ ...portal, topic: customerFeed.topic }),
  cursor: customerFeed.topic,
  database: platform,
  apply: (transaction, events) => applyCustomers(transaction, events, log),
  log,
});
const figures = figureStore(platform);
const measuring = repeat(() => measureBilling(figures, platform), {
  everyMs: measureEveryMs,
  log,
  name: 'billing figures',
});
await foundation.serve({
  routes: app.routes,
  internalRoutes: app.internalRoutes,
  background: [
    customers,
    rounds,
    telling,
    measuring,
    app.books,
    { stop: () => app.notices.stop().finally(() => mailer.close()) },
    { letGo: app.changes.letGo, stop: async () => undefined },
  ],
  chores: noticeChores,
});
