import { forEachJob, jobs, type JobName } from './jobs.ts';
import { slots } from './tenant.ts';

/** The OpenAPI schema of a Tenant: the one source of the CRD, its defaults, its validation and its documentation. */
interface Schema {
  type?: string;
  description?: string;
  [keyword: string]: unknown;
}

const text = (description: string, minLength: number, maxLength: number, more: object = {}): Schema => ({
  type: 'string',
  description,
  minLength,
  maxLength,
  ...more,
});

// A database stores no NUL, a line break in a name forges a line of a mail or a log, and a mark of direction or of no width
// makes it look like another. Escapes of CEL, for there is no spelling that both RE2 and JavaScript take in a pattern.
const hidden = '\\u0080-\\u009f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff';

const plainText = {
  'x-kubernetes-validations': [
    {
      rule: `self.trim() == self && !self.matches('[\\\\x00-\\\\x1f\\\\x7f${hidden}]')`,
      message: 'must not begin or end with a space or hold characters that cannot be seen',
    },
  ],
};

const whole = (description: string, minimum: number, maximum: number, byDefault: number): Schema => ({
  type: 'integer',
  description,
  minimum,
  maximum,
  default: byDefault,
});

const object = (description: string, properties: Record<string, Schema>, more: object = {}): Schema => ({
  type: 'object',
  description,
  properties,
  ...more,
});

// As Kubernetes takes them, above nothing: a number with or without a fraction, and a suffix of either kind or an exponent.
const aboveNothing = '(0*[1-9][0-9]*(\\.[0-9]*)?|0*\\.0*[1-9][0-9]*)';
const quantity = (description: string, byDefault: string): Schema => ({
  'x-kubernetes-int-or-string': true,
  anyOf: [{ type: 'integer' }, { type: 'string' }],
  description,
  default: byDefault,
  minimum: 1,
  maximum: 1_000_000_000_000_000,
  maxLength: 16,
  pattern: `^[+]?${aboveNothing}([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9])?$`,
});

// Clocks are put forward between 23:00 and 04:00, somewhere on earth: a night that is skipped is made up for by the next
// one, a run of the month would come a month late.
const dayHour = '(0?[4-9]|1[0-9]|2[0-2])';
const dayHours = `${dayHour}(-${dayHour}(/[0-9]+)?)?`;
const onceAMonth = {
  'x-kubernetes-validations': [
    {
      rule: `self.matches('^[^ ]+ ${dayHours}(,${dayHours})* ')`,
      message: 'must start in the hours 4 to 22: one that summer time skips would lose the run of a month',
    },
  ],
};

const scheduleOf = (job: JobName): Schema => {
  const { does, hours, every } = jobs[job];
  return object(
    does,
    {
      schedule: text(
        `Five cron fields in the tenant's time zone. Where none is given: "<minute> ${hours}", at a minute that follows from the tenant's id.`,
        9,
        100,
        {
          pattern: '^([0-9*?/,\\-A-Za-z]+ ){4}[0-9*?/,\\-A-Za-z]+$',
          ...(every === 'month' && onceAMonth),
        },
      ),
      suspend: { type: 'boolean', description: 'Starts no new run while true.', default: false },
    },
    { default: {} },
  );
};

const duration = (description: string, byDefault: string, rule: string, message: string): Schema =>
  text(description, 2, 20, {
    default: byDefault,
    pattern: '^([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,5}s)?$',
    'x-kubernetes-validations': [{ rule, message }],
  });

const spec = object(
  'What the platform should do for this managed service provider.',
  {
    displayName: text('The name that people read.', 1, 128, plainText),
    directories: {
      type: 'array',
      description: 'Entra directory ids whose people may sign in.',
      maxItems: 5,
      default: [],
      'x-kubernetes-list-type': 'set',
      items: text('A directory (tenant) id of Entra.', 36, 36, {
        pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
      }),
    },
    admins: {
      type: 'array',
      description: 'First administrators, invited by mail; again when a link ran out unused.',
      maxItems: 10,
      default: [],
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['email'],
      items: object(
        'A person to invite.',
        {
          email: text('Where the invitation goes.', 3, 320, {
            pattern: '^[^@\\s\\x00-\\x1f\\x7f]+@[^@\\s\\x00-\\x1f\\x7f]+$',
          }),
          name: text('How the invitation addresses the person.', 1, 128, plainText),
        },
        { required: ['email', 'name'] },
      ),
    },
    state: {
      type: 'string',
      description: 'Suspended: nobody signs in, no job runs, nothing is removed.',
      enum: ['Active', 'Suspended'],
      default: 'Active',
    },
    deletionProtection: {
      type: 'boolean',
      description: 'While true the API server refuses to delete this resource.',
      default: false,
    },
    deletionPolicy: {
      type: 'string',
      description: "What happens to the tenant's data when this resource is deleted.",
      enum: ['Retain', 'Delete'],
      default: 'Retain',
    },
    limits: object(
      'What the tenant may use.',
      {
        customers: whole('Customers.', 1, 100000, 500),
        storageGiB: whole('Files, in GiB.', 1, 10000, 50),
        requestsPerMinute: whole('Requests a minute; one person at most half of them.', 60, 100000, 3000),
      },
      { default: {} },
    ),
    namespace: object(
      "The namespace of the tenant's jobs.",
      {
        quota: object(
          'Of all pods together.',
          {
            cpu: quantity('CPU, such as 2, 500m or "0.5".', '2'),
            memory: quantity('Memory, such as 2Gi or 2G.', '2Gi'),
            pods: whole('Pods at once.', 1, 100, 10),
          },
          { default: {} },
        ),
      },
      { default: {} },
    ),
    billing: object(
      'Currency, time zone and the nightly jobs.',
      {
        currency: text('ISO 4217; cannot be changed later.', 3, 3, {
          pattern: '^[A-Z]{3}$',
          'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'is immutable: invoices exist in it' }],
        }),
        timeZone: text('IANA name; decides what a day and a month are.', 1, 64, {
          default: 'UTC',
          pattern: '^[A-Za-z0-9_+\\-/]+$',
        }),
        ...forEachJob(scheduleOf),
      },
      { required: ['currency'] },
    ),
    credentials: object(
      "The tenant's database login.",
      {
        rotateEvery: duration(
          'How often the password changes.',
          '720h',
          "duration(self) >= duration('1h')",
          'must be at least 1h',
        ),
        grace: duration(
          'How long the old login stays after a change.',
          '1h',
          "duration(self) >= duration('1m') && duration(self) <= duration('24h')",
          'must be between 1m and 24h',
        ),
      },
      {
        default: {},
        'x-kubernetes-validations': [
          {
            // The API server tries the rule on the default as well, before its fields have theirs.
            rule: '!has(self.grace) || !has(self.rotateEvery) || duration(self.grace) <= duration(self.rotateEvery)',
            message: 'grace must not be longer than rotateEvery: the next change ends it',
          },
        ],
      },
    ),
  },
  { required: ['displayName', 'billing'] },
);

const when = (description: string): Schema => ({ type: 'string', format: 'date-time', description });

const status = object(
  'What the operator last saw and did.',
  {
    tenantId: { type: 'string', description: 'The id of the tenant in every database.' },
    namespace: { type: 'string', description: "The namespace of the tenant's jobs." },
    observedGeneration: {
      type: 'integer',
      format: 'int64',
      description: 'The generation of the spec that the conditions speak of; -1 before the operator has looked.',
    },
    database: object("The tenant's database login; never a secret.", {
      activeSlot: { type: 'string', enum: [...slots], description: 'Which of the two logins jobs use.' },
      rotatedAt: when('When that login got its password.'),
      nextRotationAt: when('When the other login takes over.'),
    }),
    conditions: {
      type: 'array',
      description: 'Ready sums up the others; Reconciling and Stalled are there while they are true.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      items: object(
        'One aspect.',
        {
          type: text('The aspect.', 1, 316),
          status: {
            type: 'string',
            enum: ['True', 'False', 'Unknown'],
            description: 'Whether it holds; Unknown where nobody could tell yet.',
          },
          reason: text('For programs.', 1, 1024),
          message: text('For people: what was seen and what to do.', 0, 32768),
          observedGeneration: {
            type: 'integer',
            format: 'int64',
            description: 'The generation of the spec that it speaks of.',
          },
          lastTransitionTime: when('When the status last changed.'),
        },
        { required: ['type', 'status', 'reason', 'message', 'lastTransitionTime'] },
      ),
    },
  },
  // Whoever waits for a resource takes one without a status for finished.
  { default: { observedGeneration: -1 } },
);

export const tenantSchema: Schema = {
  ...object(
    'A managed service provider on this platform: its people, its namespace, its database login, its billing jobs.',
    {
      apiVersion: { type: 'string', description: 'Version of this schema.' },
      kind: { type: 'string', description: 'Tenant.' },
      metadata: { type: 'object' },
      spec,
      status,
    },
    { required: ['spec'] },
  ),
  'x-kubernetes-validations': [
    { rule: 'self.metadata.name.size() <= 40', message: 'metadata.name must have at most 40 characters' },
    {
      // The registry's names begin with a letter.
      rule: "self.metadata.name.matches('^[a-z]([a-z0-9-]*[a-z0-9])?$')",
      message: 'metadata.name must be a DNS label that begins with a letter: a-z, 0-9 and - inside',
    },
  ],
};
