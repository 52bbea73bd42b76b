import type { Dashboard } from '../dashboard.ts';
import { apiErrors } from './api-errors.ts';
import { azureInfrastructure, blobAccess, keyVault, postgresql } from './azure.ts';
import { billingJobs } from './billing-jobs.ts';
import { operator } from './operator.ts';
import { portalUptime } from './portal-uptime.ts';

export const dashboards: readonly Dashboard[] = [
  apiErrors,
  azureInfrastructure,
  billingJobs,
  blobAccess,
  keyVault,
  operator,
  portalUptime,
  postgresql,
];
