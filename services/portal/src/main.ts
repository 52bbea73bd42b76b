import { WorkloadIdentityCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { followRevocations } from '@legendops/kit/auth/follow-revocations';
import { projectedToken } from '@legendops/kit/auth/projected-token';
import { orExit } from '@legendops/kit/config/service-environment';
import { serviceFoundation } from '@legendops/kit/http/service-foundation';
import { sql } from '@legendops/kit/db/sql';
import { repeat } from '@legendops/kit/jobs/repeat';
import { measureRuns } from '@legendops/kit/jobs/run-metrics';
import { portalApp } from './app.ts';
import { followAudits } from './audit/follow-audits.ts';
import { readPortalConfig } from './config.ts';
import { billingPax8Companies } from './customer/pax8-companies.ts';
import { billingExceptions } from './exception-ticket/billing-exceptions.ts';
import { billingPax8Seats } from './seat-push/pax8-seats.ts';
import { portalSettings } from './settings.ts';
import { tokenVault } from './superops-connection/token-vault.ts';
import { superOpsLimiter } from './superops/superops-limiter.ts';

const measureEveryMs = 60_000;

const config = orExit(() => readPortalConfig(process.env));
const foundation = await serviceFoundation(
  'portal',
  config,
  ({ log }) => followRevocations({ url: config.AUTH_INTERNAL_URL, token: projectedToken(config.AUTH_TOKEN_PATH), log }),
  { list: portalSettings, given: { superOpsCallsPerMinute: config.SUPEROPS_CALLS_PER_MINUTE } },
);
const { database, platform, registry, settings, log } = foundation;
const billing = { url: config.BILLING_INTERNAL_URL, token: projectedToken(config.BILLING_TOKEN_PATH) };

// On one machine the sign-in authority is not one that Entra's instance discovery knows.
const credential = new WorkloadIdentityCredential({ disableInstanceDiscovery: config.VAULT_IS_LOCAL });
const secrets = new SecretClient(config.VAULT_URL, credential, {
  disableChallengeResourceVerification: config.VAULT_IS_LOCAL,
});

const measuring = repeat(() => measureRuns(platform, { table: sql`portal.runs`, jobs: ['psa-sync'] }), {
  everyMs: measureEveryMs,
  log,
  name: 'portal figures',
});

await foundation.serve({
  ...portalApp({
    database,
    platform,
    registry,
    pax8Companies: billingPax8Companies(billing),
    pax8SeatsOf: billingPax8Seats(billing),
    exceptionOf: billingExceptions(billing),
    now: () => new Date(),
    vault: tokenVault(secrets),
    superOps: {
      urls: { us: config.SUPEROPS_US_URL, eu: config.SUPEROPS_EU_URL },
      limiter: superOpsLimiter({ perMinute: () => settings.current().superOpsCallsPerMinute }),
    },
    jobLimiter: superOpsLimiter({ perMinute: () => Math.ceil(settings.current().superOpsCallsPerMinute / 2) }),
  }),
  background: [
    measuring,
    ...followAudits({
      services: {
        auth: { url: config.AUTH_INTERNAL_URL, token: projectedToken(config.AUTH_TOKEN_PATH) },
        billing,
        catalog: { url: config.CATALOG_INTERNAL_URL, token: projectedToken(config.CATALOG_TOKEN_PATH) },
      },
      database: platform,
      log,
    }),
  ],
});
