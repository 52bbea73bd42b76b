import type { ConditionEntry, ReasonEntry } from './condition-entry.ts';
import { jobNames, jobs, type JobName } from './jobs.ts';
import type { reasonsOfReady } from './ready.ts';
import type { reasonsOfAll } from './reasons-of-all.ts';

type FailingReason = `${Capitalize<JobName>}Failing`;

export const failingReason = (job: JobName): FailingReason =>
  `${job.charAt(0).toUpperCase()}${job.slice(1)}Failing` as FailingReason;

const jobFailing = (what: string): ReasonEntry & { says: (failing: string, namespace: string) => string } => ({
  status: 'False',
  meaning: `${what} has not succeeded since its last run began.`,
  remedy: 'Look at the log of its last run.',
  says: (failing, namespace) => `${failing}; its last runs: kubectl -n ${namespace} get jobs`,
});

/**
 * Every condition of a Tenant with its reasons: nothing else can be said of one. The order is that in which Ready looks for
 * the first that is not true.
 */
export const conditions = {
  Registered: {
    meaning: 'The tenant, its directories and its first administrators stand in every database.',
    gates: 'Ready',
    reasons: {
      Registered: {
        status: 'True',
        meaning: 'They do.',
        remedy: '',
        says: (tenantId: string, namespace: string) => `Tenant ${tenantId}, namespace ${namespace}`,
      },
      NameTaken: {
        status: 'False',
        needs: 'person',
        meaning: 'The name belongs to a tenant that this resource did not make.',
        remedy: 'As the message says: take the tenant over by an annotation, or choose another name.',
        says: (message: string) => message,
      },
      NothingToAdopt: {
        status: 'False',
        needs: 'person',
        meaning: 'The annotation adopt names a tenant that is not there, or has another name, or is no id.',
        remedy: 'Correct or remove the annotation.',
        says: (message: string) => message,
      },
      CurrencyDiffers: {
        status: 'False',
        needs: 'person',
        meaning: 'The tenant that is to be taken over has its invoices in another currency.',
        remedy: 'Delete this resource, which has made nothing, and apply it with that currency.',
        says: (message: string) => message,
      },
      RegistriesDiffer: {
        status: 'False',
        needs: 'person',
        meaning: 'Two databases have this name, or this id, for different tenants.',
        remedy: 'Restore the databases to one time.',
        says: (message: string) => message,
      },
      DirectoryTaken: {
        status: 'False',
        needs: 'person',
        meaning: 'A directory of the spec belongs to another tenant.',
        remedy: 'Remove it from spec.directories, here or there.',
        says: () =>
          'spec.directories: one of these directories belongs to another tenant. Remove it here, or from the other Tenant',
      },
    },
  },
  NamespaceReady: {
    meaning: "The namespace of the tenant's jobs stands, with everything that bounds it.",
    gates: 'Ready',
    reasons: {
      NamespaceReady: { status: 'True', meaning: 'It does.', remedy: '', says: () => '' },
      NamespaceTaken: {
        status: 'False',
        needs: 'person',
        meaning: 'A namespace of this name was not made for this tenant, and is never adopted.',
        remedy: 'Remove it, or choose another name for the tenant.',
        says: (namespace: string) =>
          `The namespace ${namespace} was not made for this tenant; remove it or choose another name`,
      },
      NamespaceTerminating: {
        status: 'Unknown',
        meaning: 'The namespace is being removed.',
        remedy: 'None: it is made again when it is gone.',
        says: (namespace: string) => `The namespace ${namespace} is being removed; it is made again when it is gone`,
      },
    },
  },
  DatabaseReady: {
    meaning: "The tenant's two database logins are as they should be, and the one that jobs use opens.",
    gates: 'Ready',
    reasons: {
      LoginsReady: { status: 'True', meaning: 'They are.', remedy: '', says: () => '' },
      LoginDrifted: {
        status: 'False',
        needs: 'person',
        meaning: 'Somebody gave a login what the operator cannot take away.',
        remedy: 'An administrator of the database takes away what the message names.',
        says: (login: string, excess: string) =>
          `The login ${login} was changed by somebody whose changes the operator cannot undo: ${excess}. An administrator of the database must take it away`,
      },
      LoginRefused: {
        status: 'False',
        needs: 'person',
        meaning: 'The database refuses a login with the password that it was just given.',
        remedy: 'Look at the server that BILLING_DATABASE_URL names, and at its pg_hba.conf.',
        says: (login: string) =>
          `The login ${login} does not open with the password of the vault. Look at the server that BILLING_DATABASE_URL ` +
          'names, and at its pg_hba.conf',
      },
    },
  },
  SecretsReady: {
    meaning: 'The password is in the vault and in the Secret of the namespace.',
    gates: 'Ready',
    reasons: {
      SecretsReady: { status: 'True', meaning: 'It is.', remedy: '', says: () => '' },
      SecretTaken: {
        status: 'False',
        needs: 'person',
        meaning: "The vault has a secret of the tenant's name that was not made for it.",
        remedy: 'Remove the secret from the vault.',
        says: (message: string) => message,
      },
      SecretDisabled: {
        status: 'False',
        needs: 'person',
        meaning: "Somebody disabled the tenant's secret in the vault.",
        remedy: 'Enable or remove it when jobs may log in again.',
        says: (message: string) => message,
      },
      SecretRefused: {
        status: 'False',
        needs: 'person',
        meaning: 'The Secret of the namespace cannot be changed: it is immutable, or of another type.',
        remedy: 'Remove it: it is made again.',
        says: (name: string, namespace: string) =>
          `The Secret ${name} in ${namespace} cannot be changed; is it immutable, or of another type? Remove it: it is made again`,
      },
    },
  },
  BillingReady: {
    meaning: "The CronJobs of the tenant's billing stand as the spec wants them.",
    gates: 'Ready',
    reasons: {
      CronJobsReady: {
        status: 'True',
        meaning: 'They do; in a suspended tenant none of them starts a job.',
        remedy: '',
        says: (state: 'Active' | 'Suspended') =>
          state === 'Suspended' ? 'The tenant is suspended: no job starts' : '',
      },
      UnknownTimeZone: {
        status: 'False',
        needs: 'spec',
        meaning: 'There is no time zone of this name.',
        remedy: 'Correct spec.billing.timeZone.',
        says: (timeZone: string) =>
          `spec.billing.timeZone: there is no time zone ${timeZone}. Name one of IANA, such as Europe/Berlin, spelled as there`,
      },
      ScheduleRefused: {
        status: 'False',
        needs: 'spec',
        meaning: 'The Kubernetes API takes a schedule for none.',
        remedy: 'Correct the schedule that the message names.',
        says: (refusals: readonly { job: JobName; message: string }[]) =>
          `${refusals.map(({ job, message }) => `spec.billing.${job}: ${message}`).join('; ')}. Correct the schedule`,
      },
      QuotaTooSmall: {
        status: 'False',
        needs: 'spec',
        meaning: 'The CronJobs stand, and no pod of theirs fits into the quota of the namespace.',
        remedy: 'Raise what the message names in spec.namespace.quota.',
        says: (tooSmall: readonly { field: string; is: string; needs: string }[]) =>
          'No job can start: ' +
          tooSmall
            .map(
              ({ field, is, needs }) =>
                `spec.namespace.quota.${field} is ${is}, and the pod of one job may use ${needs}`,
            )
            .join('; ') +
          '. Raise it to that at least',
      },
    },
  },
  JobsSucceeding: {
    meaning: "The last run of each of the tenant's jobs succeeded.",
    gates: 'nothing',
    column: 'Jobs',
    reasons: {
      Succeeding: { status: 'True', meaning: 'It did, or there was none yet.', remedy: '', says: () => '' },
      ...(Object.fromEntries(jobNames.map((job) => [failingReason(job), jobFailing(jobs[job].cronJob)])) as Record<
        FailingReason,
        ReturnType<typeof jobFailing>
      >),
      SeveralFailing: jobFailing('More than one job'),
    },
  },
  IntegrationsReady: {
    meaning: "The tenant's connections to its vendors work; looked at once a minute.",
    gates: 'nothing',
    column: 'Integrations',
    reasons: {
      Connected: { status: 'True', meaning: 'All of them do.', remedy: '', says: () => '' },
      NotConnected: {
        status: 'False',
        meaning: 'Nobody has connected a vendor yet.',
        remedy: 'An administrator of the tenant connects them in the portal.',
        says: (open: string) => `${open}; an administrator of the tenant connects them in the portal`,
      },
      NeedsAttention: {
        status: 'False',
        meaning: 'A vendor is not connected, or must be connected again.',
        remedy: 'An administrator of the tenant connects it in the portal.',
        says: (open: string) => `${open}; an administrator of the tenant connects them in the portal`,
      },
      NotSeen: {
        status: 'Unknown',
        meaning: 'Nobody could look for minutes.',
        remedy: 'None for the tenant; billing_db does not answer the operator.',
        says: () => 'The connections could not be looked at: billing_db does not answer the operator',
      },
    },
  },
} as const satisfies Record<string, ConditionEntry>;

/** What Ready sums up, and what informs beside it. */
export type Aspect = keyof typeof conditions;
export type ConditionType = 'Ready' | Aspect;

export const aspects = Object.keys(conditions) as Aspect[];

type OwnReasons<Type extends ConditionType> = Type extends Aspect
  ? (typeof conditions)[Type]['reasons']
  : typeof reasonsOfReady;

/** The reasons that a condition may have, each with what it says. */
export type ReasonsOf<Type extends ConditionType> = OwnReasons<Type> & typeof reasonsOfAll;

const gates: Readonly<Record<string, ConditionEntry>> = conditions;

/** Whether Ready waits for it; what does not informs and no more. */
export const gatesReady = (type: string): boolean => gates[type]?.gates === 'Ready';
