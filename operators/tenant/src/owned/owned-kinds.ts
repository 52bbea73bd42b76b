import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { jobNames, jobs } from '../api/jobs.ts';
import { healthOf, type RunHealth } from '../job-health.ts';
import {
  cronJobs,
  limitRanges,
  networkPolicies,
  resourceQuotas,
  secrets,
  serviceAccounts,
  type CronJob,
} from './resources.ts';

/** The step of a pass that makes the objects of a kind, and removes those that are no longer desired. */
type Step = 'namespace' | 'credentials' | 'billing';

export interface OwnedKind<Kind extends KubeObject = KubeObject, Name extends string = string, By extends Step = Step> {
  resource: Resource<Kind>;
  by: By;
  /** All that we ever call one: what has our labels and another name was made by an operator of another version. */
  names: readonly Name[];
  /** Metadata says whether somebody touched it, and spares memory: at 10,000 tenants these are 90,000 objects. */
  watches: 'metadata' | 'whole';
  fieldSelector?: string;
  /** Of what is watched as a whole: how its runs go. */
  healthOf?: (object: KubeObject) => RunHealth;
  /** Whether we may remove one that is no longer desired; all go with their namespace. */
  prunes: boolean;
}

const kind = <Kind extends KubeObject, const Name extends string, const By extends Step>(
  entry: OwnedKind<Kind, Name, By>,
): OwnedKind<Kind, Name, By> => entry;

/**
 * What is made in a tenant's namespace. What is watched, what is pruned, the operator's rights and the suites' lists of
 * everything of a namespace are all made from this table, or compared with it.
 */
export const ownedKinds = {
  // A quota has no generation and its status moves with every pod: its spec alone tells of an edit.
  quotas: kind({ resource: resourceQuotas, by: 'namespace', names: ['tenant'], watches: 'whole', prunes: true }),
  limits: kind({ resource: limitRanges, by: 'namespace', names: ['tenant'], watches: 'metadata', prunes: true }),
  policies: kind({ resource: networkPolicies, by: 'namespace', names: ['tenant'], watches: 'metadata', prunes: true }),
  accounts: kind({
    resource: serviceAccounts,
    by: 'namespace',
    names: ['billing-job'],
    watches: 'metadata',
    prunes: true,
  }),
  // RBAC knows no labels, but it lets a role list and watch the one name `database` and no other: one that had another name
  // could not be seen, and none may be removed.
  secrets: kind({
    resource: secrets,
    by: 'credentials',
    names: ['database'],
    watches: 'metadata',
    fieldSelector: 'metadata.name=database',
    prunes: false,
  }),
  cronJobs: kind({
    resource: cronJobs,
    by: 'billing',
    names: jobNames.map((job) => jobs[job].cronJob),
    watches: 'whole',
    healthOf: (object) => healthOf(object as CronJob),
    prunes: true,
  }),
};

type Kinds = typeof ownedKinds;
export type OwnedKindName = keyof Kinds;
export type ObjectOf<Name extends OwnedKindName> =
  Kinds[Name] extends OwnedKind<infer Kind, infer _Name, infer _By> ? Kind : never;
export type NameOf<Name extends OwnedKindName> = Kinds[Name]['names'][number];

/** What a step wants of each kind that is its own: one that it leaves out does not compile. */
export type Desired<By extends Step> = {
  [Name in OwnedKindName as Kinds[Name]['by'] extends By ? Name : never]: readonly ObjectOf<Name>[];
};

export const ownedKindNames = Object.keys(ownedKinds) as OwnedKindName[];
