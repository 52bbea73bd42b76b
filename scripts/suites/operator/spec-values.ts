import fc from 'fast-check';
import { forEachJob, jobs } from '@legendops/tenant-operator/api/jobs';
import { tenantSchema } from '@legendops/tenant-operator/api/tenant-schema';

/** A node of the Tenant's schema, as far as the generators read it. */
interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  'x-kubernetes-int-or-string'?: boolean;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  pattern?: string;
}

const specSchema = (tenantSchema.properties as Record<string, Schema>).spec ?? {};

/** Where in a spec a value stands: names of fields, and 0 for the first entry of a list. */
export type Path = readonly (string | number)[];

export interface Hostile {
  path: Path;
  what: string;
  value: unknown;
}

const filled = (length: number): string => 'x'.repeat(length);
const wrongTypes = [null, true, 7, -1.5, 'text', [], {}, [[]]];

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

const textAttacks = [
  "'; drop table app.tenants; --",
  '$(reboot)',
  '{{ .Values }}',
  'a: b\n- c',
  '../../etc/passwd',
  '\u0000',
  '\ud800',
  '\u202egnp.exe',
  'ﷺ'.repeat(40),
  '😀'.repeat(60),
  'select',
  'é'.normalize('NFD'),
];

const ofLeaf = (path: Path, schema: Schema): Hostile[] => {
  const { type = 'object', minimum, maximum, minLength, maxLength, maxItems } = schema;
  const types = schema['x-kubernetes-int-or-string'] ? ['integer', 'string'] : [type];
  const wrong = wrongTypes
    .filter((value) => !types.includes(kindOf(value)))
    .map((value) => ({ path, what: `${JSON.stringify(value)} for ${types.join(' or ')}`, value }));
  const at = (what: string, value: unknown): Hostile => ({ path, what, value });
  const bounds: Hostile[] = [];
  if (minimum !== undefined) bounds.push(at('the least', minimum), at('less than the least', minimum - 1));
  if (maximum !== undefined) bounds.push(at('the most', maximum), at('more than the most', maximum + 1));
  if (types.includes('integer'))
    bounds.push(at('2^53', 2 ** 53), at('2^63', 2 ** 63), at('a fraction', (minimum ?? 1) + 0.5));
  if (minLength !== undefined) bounds.push(at('shorter than the shortest', filled(minLength - 1)));
  if (maxLength !== undefined) bounds.push(at('the longest', filled(maxLength)), at('too long', filled(maxLength + 1)));
  if (types.includes('string'))
    bounds.push(
      ...textAttacks.map((text) => at(`the text ${Array.from(JSON.stringify(text)).slice(0, 30).join('')}`, text)),
    );
  if (schema.enum) bounds.push(at('another case', schema.enum[0]?.toUpperCase()));
  if (maxItems !== undefined)
    bounds.push(
      at(
        'a huge list',
        Array.from({ length: 2_000 }, (_, index) => `${index}`),
      ),
    );
  return [...wrong, ...bounds];
};

/** Values at and beyond what the schema allows, for every field of a spec. */
export const hostileValues = (schema: Schema = specSchema, path: Path = []): Hostile[] => [
  ...(path.length > 0 ? ofLeaf(path, schema) : []),
  ...Object.entries(schema.properties ?? {}).flatMap(([name, child]) => hostileValues(child, [...path, name])),
  ...(schema.items ? hostileValues(schema.items, [...path, 0]) : []),
  ...(schema.properties ? [{ path: [...path, 'unknownField'], what: 'a field that does not exist', value: 1 }] : []),
];

const cron = fc.constantFrom('17 4 * * *', '*/5 0-6 1,15 * MON-FRI', '0 0 31 12 *', '59 23 * * 0');
const monthlyCron = fc.constantFrom('30 6 6 * *', '0,30 4-22/3,12 1 * ?', '59 22 31 JAN-DEC *');
const scheduleOf = (schedule: fc.Arbitrary<string>) =>
  fc.record({ schedule, suspend: fc.boolean() }, { requiredKeys: [] });
const name = fc
  .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
  .map((text) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '').trim())
  .filter((text) => text.length > 0 && text.length <= 128);

/** A spec whose directories are numbers still: no two tenants may name the same one. */
export type GeneratedSpec = Record<string, unknown> & { directories?: number[] };

/** Specs that the schema admits and the operator can carry out. */
export const validSpec: fc.Arbitrary<GeneratedSpec> = fc.record(
  {
    displayName: name,
    directories: fc.subarray([1, 2, 3, 4, 5]),
    deletionProtection: fc.boolean(),
    state: fc.constantFrom('Active', 'Suspended'),
    deletionPolicy: fc.constantFrom('Retain', 'Delete'),
    limits: fc.record(
      { customers: fc.integer({ min: 1, max: 100_000 }), storageGiB: fc.integer({ min: 1, max: 10_000 }) },
      { requiredKeys: [] },
    ),
    namespace: fc.record(
      {
        quota: fc.record(
          {
            cpu: fc.constantFrom('1', '2000m', '500m', '64', 2, '0.5'),
            memory: fc.constantFrom('1Gi', '2048Mi', '1048576Ki', '1073741824', '2G', '1.5Gi'),
            pods: fc.integer({ min: 1, max: 100 }),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    ),
    billing: fc.record(
      {
        currency: fc.constant('USD'),
        timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kathmandu'),
        ...forEachJob((job) => scheduleOf(jobs[job].every === 'month' ? monthlyCron : cron)),
      },
      { requiredKeys: ['currency'] },
    ),
    credentials: fc
      .record(
        {
          rotateEvery: fc.constantFrom('1h', '720h', '99999h', '24h30m'),
          grace: fc.constantFrom('1m', '90s', '24h'),
        },
        { requiredKeys: [] },
      )
      // A grace longer than the time between two changes is refused.
      .filter(({ rotateEvery, grace }) => rotateEvery !== '1h' || grace !== '24h'),
  },
  { requiredKeys: ['displayName', 'billing'] },
);
