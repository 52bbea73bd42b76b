import { setting, wholeNumber } from '@legendops/kit/config/settings';

/** What App Configuration may tell portal, besides what every service is told. */
export const portalSettings = {
  superOpsCallsPerMinute: setting('portal/superops-calls-per-minute', wholeNumber(1, 1_000_000)),
};
