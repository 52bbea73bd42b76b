import { connectionsOfJob } from '@legendops/kit/jobs/job-connections';
import { jobNames } from '../api/jobs.ts';

/** A login as the catalog has it. */
export interface RoleRow {
  rolname: string;
  rolcanlogin: boolean;
  rolsuper: boolean;
  rolinherit: boolean;
  rolcreaterole: boolean;
  rolcreatedb: boolean;
  rolreplication: boolean;
  rolbypassrls: boolean;
  rolconnlimit: number;
  /** Whether the login ends at some time. */
  expires: boolean;
  settings: string[];
  memberships: string[];
  administered_by: string[];
  /** Provisioners that gave themselves the login's rights to end its sessions, and did not give them back. */
  closing_by: string[];
  /** Objects that it owns, and rights that were given to itself and not to tenant_job, in any database. */
  dependents: number;
}

export interface LoginDifferences {
  /** What a provisioner can set right: the rest of `alter role <login>`, or a grant. */
  repairs: readonly Repair[];
  /** What only an administrator can take away, in words. */
  excess: readonly string[];
}

export type Repair =
  | 'connection limit'
  | 'no create role'
  | 'inherit'
  | 'no expiry'
  | 'settings'
  | 'membership of tenant_job';

/** What a login is that lacks one of them. */
export const lackWords: Record<Repair, string> = {
  'connection limit': 'has another connection limit',
  'no create role': 'may create roles',
  inherit: 'inherits nothing',
  'no expiry': 'expires',
  settings: 'has other time limits',
  'membership of tenant_job': 'is no plain member of tenant_job',
};

/** All jobs at once, and the operator's own look whether the password is right. */
export const connectionLimit = jobNames.length * connectionsOfJob + 1;
/** A job may set them otherwise: they end what goes wrong, not who means harm, which closing the login ends. */
export const loginSettings = {
  statement_timeout: '120s',
  lock_timeout: '30s',
  idle_in_transaction_session_timeout: '60s',
  transaction_timeout: '15min',
} as const;

const membershipOfJobs = 'tenant_job inherit=t set=f admin=f';

const desiredSettings = Object.entries(loginSettings)
  .map(([name, value]) => `${name}=${value}`)
  .sort()
  .join();

/** What differs from a tenant's login as it is made. Only what differs may be sent: `alter role … nosuperuser` is refused
 * to a provisioner even where it holds already. */
export const differencesOf = (row: RoleRow): LoginDifferences => {
  const repairs: [Repair, boolean][] = [
    ['connection limit', row.rolconnlimit !== connectionLimit],
    ['no create role', row.rolcreaterole],
    ['inherit', !row.rolinherit],
    ['no expiry', row.expires],
    ['settings', row.settings.toSorted().join() !== desiredSettings],
    ['membership of tenant_job', !row.memberships.includes(membershipOfJobs)],
  ];
  const excess: [string, boolean][] = [
    ['superuser', row.rolsuper],
    ['createdb', row.rolcreatedb],
    ['replication', row.rolreplication],
    ['bypassrls', row.rolbypassrls],
    [`${row.dependents} objects or grants of its own`, row.dependents > 0],
  ];
  return {
    repairs: repairs.flatMap(([repair, differs]) => (differs ? [repair] : [])),
    excess: [
      ...excess.flatMap(([what, holds]) => (holds ? [what] : [])),
      ...row.memberships
        .filter((membership) => membership !== membershipOfJobs)
        .map((membership) => `member of ${membership}`),
    ],
  };
};
