import { accessRules } from './access.ts';
import { checkovRules } from './checkov.ts';
import { coverageRules } from './coverage.ts';
import { identityRules } from './identities.ts';
import { operationRules } from './operations.ts';
import type { Environment, Resource } from './resource.ts';
import type { Rule } from './rule.ts';

export const rules: readonly Rule[] = [
  ...checkovRules,
  ...coverageRules,
  ...accessRules,
  ...identityRules,
  ...operationRules,
];

/** Where a rule does not hold, and why that is so; the tests refuse one that is not needed any more. */
export interface Exception {
  rule: string;
  /** Which of the resources that the rule is about, by name. */
  of: RegExp;
  in: readonly Environment[];
  because: string;
}

const everywhere = ['dev', 'staging', 'prod'] as const;
const beforeProduction = ['dev', 'staging'] as const;

export const exceptions: readonly Exception[] = [
  {
    rule: 'CKV_AZURE_102',
    of: /./,
    in: beforeProduction,
    because: 'No data of tenants is there: it is made anew instead of restored in another region',
  },
  {
    rule: 'CKV_AZURE_206',
    of: /media/,
    in: ['dev'],
    because: 'Media of dev are made anew by seeding',
  },
  {
    rule: 'no-public-address',
    of: /grafana/,
    in: ['dev'],
    because: 'Engineers see dashboards of dev without a way into the network; Entra asks who they are',
  },
  {
    rule: 'public-addresses',
    of: /gateway\/web/,
    in: everywhere,
    because: 'The gateway has no private frontend; its firewall refuses what did not come through our Front Door',
  },
  {
    rule: 'postgres-no-passwords',
    of: /./,
    in: everywhere,
    because: 'Provisioners and the logins of tenants are made by PostgreSQL, and Entra does not know them',
  },
  {
    rule: 'roles-narrow',
    of: /./,
    in: everywhere,
    because:
      'Grafana reads the whole group (Monitoring Reader), the gateway controller the group of the nodes (Reader)',
  },
  {
    rule: 'roles-listed',
    of: /./,
    in: everywhere,
    because: 'The same two, which are given upon a group, and the writer of flow logs, whose containers Azure makes',
  },
  {
    rule: 'cluster-zones',
    of: /cluster/,
    in: ['dev'],
    because: 'Dev is one node of each kind in one zone, to cost little',
  },
  { rule: 'cluster-sla', of: /cluster/, in: ['dev'], because: 'Dev is stopped every evening' },
  {
    rule: 'postgres-zones',
    of: /./,
    in: ['dev'],
    because: 'The small servers of dev have no copies',
  },
  {
    rule: 'blob-versions',
    of: /flows/,
    in: everywhere,
    because: 'Flow logs are written once, and kept for 90 days by their own rule',
  },
  {
    rule: 'kept-vaults',
    of: /./,
    in: beforeProduction,
    because: 'Dev and staging are removed and made anew; a vault comes back for 90 days all the same',
  },
  { rule: 'kept-flexibleServers', of: /./, in: beforeProduction, because: 'Dev and staging are removed and made anew' },
  {
    rule: 'kept-storageAccounts',
    of: /media/,
    in: beforeProduction,
    because: 'Dev and staging are removed and made anew',
  },
  { rule: 'kept-storageAccounts', of: /flows/, in: everywhere, because: 'Flow logs hold nothing of tenants' },
];

/** What is against a rule and no exception, as `rule: resource`. */
export const findingsAgainst = (environment: Environment, all: readonly Resource[]): string[] =>
  rules.flatMap((rule) =>
    all
      .filter((resource) => rule.applies(resource) && !rule.holds(resource, all))
      .filter(
        ({ name }) =>
          !exceptions.some((one) => one.rule === rule.id && one.in.includes(environment) && one.of.test(name)),
      )
      .map((resource) => `${rule.id}: ${resource.id}`),
  );

/** The exceptions of broad shape name how many resources they cover, so that one more does not slip in. */
export const coveredByBroadExceptions: Readonly<Record<string, number>> = { 'roles-narrow': 2, 'roles-listed': 3 };
