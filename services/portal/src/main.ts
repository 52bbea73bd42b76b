import { followRevocations } from '@legendops/kit/auth/follow-revocations';
import { projectedToken } from '@legendops/kit/auth/projected-token';
import { orExit } from '@legendops/kit/config/service-environment';
import { serviceFoundation } from '@legendops/kit/http/service-foundation';
import { portalApp } from './app.ts';
import { followAudits } from './audit/follow-audits.ts';
import { readPortalConfig } from './config.ts';
import { billingPax8Companies } from './customer/pax8-companies.ts';

const config = orExit(() => readPortalConfig(process.env));
const foundation = await serviceFoundation('portal', config, ({ log }) =>
  followRevocations({ url: config.AUTH_INTERNAL_URL, token: projectedToken(config.AUTH_TOKEN_PATH), log }),
);
const { database, platform, log } = foundation;
const billing = { url: config.BILLING_INTERNAL_URL, token: projectedToken(config.BILLING_TOKEN_PATH) };
await foundation.serve({
  ...portalApp({ database, platform, pax8Companies: billingPax8Companies(billing) }),
  background: followAudits({
    services: {
      auth: { url: config.AUTH_INTERNAL_URL, token: projectedToken(config.AUTH_TOKEN_PATH) },
      billing,
      catalog: { url: config.CATALOG_INTERNAL_URL, token: projectedToken(config.CATALOG_TOKEN_PATH) },
    },
    database: platform,
    log,
  }),
});
