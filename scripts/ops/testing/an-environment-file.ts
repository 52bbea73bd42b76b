import type { Name } from '../bootstrap/environment-file.ts';
import { subscription } from './ops-world.ts';

/** Of tests: every variable of an environment, each as it should be. */
export const rightVariables: Record<Name, string> = {
  AZURE_SUBSCRIPTION_ID: subscription,
  AZURE_LOCATION: 'westeurope',
  LEGENDOPS_PLATFORM_GROUP_ID: '40000000-0000-4000-8000-000000000001',
  LEGENDOPS_DATABASE_GROUP_ID: '40000000-0000-4000-8000-000000000002',
  LEGENDOPS_DATABASE_GROUP_NAME: 'database-administrators',
  LEGENDOPS_DELIVERY_ID: '40000000-0000-4000-8000-000000000003',
  LEGENDOPS_DOMAIN: 'legendops.test',
  LEGENDOPS_ALERT_MAIL: 'platform@legendops.test',
  LEGENDOPS_SLACK_ADDRESS: 'alerts@legendops.test',
  LEGENDOPS_ENGINEERS_FROM: '203.0.113.0/28',
};

/** The text of a file, with other values for some, or without them. */
export const anEnvironmentFile = (changes: Record<string, string | undefined> = {}): string =>
  Object.entries({ ...rightVariables, ...changes })
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`))
    .join('\n');
