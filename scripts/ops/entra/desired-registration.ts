import type { Environment } from '../environment-group.ts';

/** The application that people sign in to, as infra/README.md asks for it. */
export interface Registration {
  displayName: string;
  signInAudience: 'AzureADMultipleOrgs';
  web: {
    redirectUris: string[];
    implicitGrantSettings: { enableIdTokenIssuance: false; enableAccessTokenIssuance: false };
  };
  requiredResourceAccess: { resourceAppId: string; resourceAccess: { id: string; type: 'Scope' }[] }[];
}

const graph = '00000003-0000-0000-c000-000000000000';
/** Delegated, and no others: guests come by a link and not through Graph. */
const scopes = {
  openid: '37f7f235-527c-4136-accd-4a02d197296e',
  profile: '14dad69e-099b-42c9-810b-d002981feec1',
  email: '64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0',
} as const;

/** By which it is found again; it cannot be changed later. */
export const uniqueNameOf = (environment: Environment): string => `legendops-portal-${environment}`;

export const desiredRegistration = (environment: Environment, webHost: string): Registration => ({
  displayName: environment === 'prod' ? 'LegendOps' : `LegendOps (${environment})`,
  signInAudience: 'AzureADMultipleOrgs',
  web: {
    redirectUris: [`https://${webHost}/api/auth/v1/callback`],
    implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
  },
  requiredResourceAccess: [
    { resourceAppId: graph, resourceAccess: Object.values(scopes).map((id) => ({ id, type: 'Scope' })) },
  ],
});

export interface Policy {
  displayName: string;
  state: 'enabled' | 'enabledForReportingButNotEnforced';
  conditions: {
    clientAppTypes: string[];
    applications: { includeApplications: string[] };
    users: { includeUsers: string[]; excludeGroups: string[] };
  };
  grantControls: { operator: 'OR'; builtInControls: string[] };
}

/**
 * Whoever of our own directory signs in to the portal shows a second factor: platform roles come from there alone. One group
 * is spared, of the accounts by which a directory is opened again.
 */
export const desiredPolicy = (
  environment: Environment,
  { appId, spared, enforce }: { appId: string; spared: string; enforce: boolean },
): Policy => ({
  displayName: `LegendOps portal (${environment}): second factor`,
  state: enforce ? 'enabled' : 'enabledForReportingButNotEnforced',
  conditions: {
    clientAppTypes: ['all'],
    applications: { includeApplications: [appId] },
    users: { includeUsers: ['All'], excludeGroups: [spared] },
  },
  grantControls: { operator: 'OR', builtInControls: ['mfa'] },
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths at which what is there is not what is wanted; what is not wanted at all is none of ours. */
export const differences = (wanted: unknown, found: unknown, path = ''): string[] => {
  if (isObject(wanted) && isObject(found))
    return Object.keys(wanted).flatMap((key) =>
      differences(wanted[key], found[key], path === '' ? key : `${path}.${key}`),
    );
  return JSON.stringify(wanted) === JSON.stringify(found) ? [] : [path];
};
