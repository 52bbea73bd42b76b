import type { Alert } from '../alert.ts';
import { addressAlerts } from './addresses.ts';
import { billingAlerts } from './billing.ts';
import { operatorAlerts } from './operator.ts';
import { serviceAlerts } from './services.ts';
import { budgetAlerts } from './slo.ts';

export const alerts: readonly Alert[] = [
  ...budgetAlerts,
  ...serviceAlerts,
  ...billingAlerts,
  ...operatorAlerts,
  ...addressAlerts,
];
