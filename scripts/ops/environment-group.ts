import type { AzureApi } from './azure/azure-api.ts';

export const environments = ['dev', 'staging', 'prod'] as const;
export type Environment = (typeof environments)[number];

/** Something was asked for that cannot be; nothing was changed. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

export interface EnvironmentGroup {
  /** `/subscriptions/…/resourceGroups/legendops-dev`. */
  path: string;
  subscription: string;
  tags: Record<string, string>;
}

interface Subscription {
  displayName: string;
}
interface Group {
  tags?: Record<string, string>;
}

/** An environment's group is known by its tags: names are free to whoever comes first. */
export const tagsSayIsOurs = (tags: Record<string, string> | undefined, environment: Environment): boolean =>
  tags?.Project === 'LegendOps' && tags.Environment === environment;

export const environmentOf = (name: string | undefined): Environment => {
  const found = environments.find((one) => one === name);
  if (found === undefined)
    throw new Refused(
      `${name === undefined ? 'No environment was named' : `There is no environment ${name}`}: --environment ${environments.join('|')}`,
    );
  return found;
};

/**
 * The resource group of an environment, known by its tags: a subscription that is not ours may have one of the same name.
 */
export const environmentGroup = async (
  arm: AzureApi,
  { subscriptionId, environment }: { subscriptionId: string; environment: Environment },
): Promise<EnvironmentGroup> => {
  const place = `/subscriptions/${subscriptionId}`;
  const subscription = await arm.find<Subscription>(`${place}?api-version=2022-12-01`);
  if (subscription === undefined)
    throw new Refused(`The subscription ${subscriptionId} is not there, or not for who signed in: az account list`);
  const path = `${place}/resourceGroups/legendops-${environment}`;
  const named = `The subscription ${subscription.displayName} (${subscriptionId})`;
  const group = await arm.find<Group>(`${path}?api-version=2025-04-01`);
  if (group === undefined)
    throw new Refused(`${named} has no resource group legendops-${environment}: is it the one of ${environment}?`);
  const { tags = {} } = group;
  if (!tagsSayIsOurs(tags, environment))
    throw new Refused(
      `${named} has a resource group legendops-${environment} that is not ours: its tags say Project ${tags.Project ?? '(none)'}, Environment ${tags.Environment ?? '(none)'}`,
    );
  return { path, subscription: subscription.displayName, tags };
};
