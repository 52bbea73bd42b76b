import { invalidValue, requiredValue, type FieldError } from '../object/api-error.ts';
import { isObject, listAt, objectAt, textOf, type JsonObject } from '../object/kube-object.ts';
import type { KindRules } from './kind.ts';
import { qualifiedNameProblems } from './name-rules.ts';
import { canonicalQuantities, readQuantity } from './quantity.ts';

const amounts = ['cpu', 'memory', 'ephemeral-storage'];
const objects = new Set([
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);
const forQuota = new Set([
  ...amounts,
  ...amounts.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  'requests.storage',
  ...objects,
]);

const standardMessage = 'must be a standard resource type or fully qualified';
const isQualified = (name: string): boolean => name.includes('/');

/** Of a name in a quota or a limit: either one that Kubernetes knows, or one with a domain. */
const nameProblems = (name: string, known: ReadonlySet<string>, message: string): string[] => {
  const malformed = qualifiedNameProblems(name);
  if (malformed.length > 0) return malformed;
  return isQualified(name) || known.has(name) ? [] : [standardMessage, message];
};

const hardErrors = ([name, value]: [string, unknown]): FieldError[] => {
  const field = `spec.hard[${name}]`;
  const problems = nameProblems(name, forQuota, 'must be a standard resource for quota').map((why) =>
    invalidValue(field, name, why),
  );
  if (problems.length > 0) return problems;
  const { nano = 0n } = readQuantity(value) ?? {};
  if (nano < 0n) return [invalidValue(field, value, 'must be greater than or equal to 0')];
  const isWhole = objects.has(name) || name.startsWith('count/');
  return isWhole && nano % 1_000_000_000n !== 0n ? [invalidValue(field, value, 'must be an integer')] : [];
};

const scopes = new Set([
  'BestEffort',
  'NotBestEffort',
  'Terminating',
  'NotTerminating',
  'PriorityClass',
  'CrossNamespacePodAffinity',
]);
const opposites = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
];
const ofPods = new Set(['pods', ...amounts, ...amounts.flatMap((name) => [`requests.${name}`, `limits.${name}`])]);

const scopeErrors = (spec: JsonObject): FieldError[] => {
  const given = listAt(spec, 'scopes').map(String);
  if (given.length === 0) return [];
  const invalid = (why: string): FieldError[] => [invalidValue('spec.scopes', given, why)];
  if (given.some((scope) => !scopes.has(scope))) return invalid('unsupported scope');
  if (Object.keys(objectAt(spec, 'hard')).some((name) => !ofPods.has(name)))
    return invalid('unsupported scope applied to resource');
  return opposites.some((pair) => pair.every((scope) => given.includes(scope))) ? invalid('conflicting scopes') : [];
};

const quotaErrors = (quota: unknown): FieldError[] => {
  const spec = objectAt(quota, 'spec');
  return [...Object.entries(objectAt(spec, 'hard')).flatMap(hardErrors), ...scopeErrors(spec)];
};

export const quotaRules: KindRules = {
  defaults: (quota) => {
    if (!isObject(quota.spec)) quota.spec = {};
    const spec = quota.spec as JsonObject;
    if (isObject(spec.hard)) spec.hard = canonicalQuantities(spec.hard, 'ResourceQuota');
  },
  onCreate: (quota) => {
    quota.status = {};
  },
  validate: quotaErrors,
};

const limitKinds = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'];
const limitTypes = new Set(['Container', 'Pod', 'PersistentVolumeClaim']);
const forContainers = new Set(amounts);

const typeErrors = (type: string, path: string): FieldError[] => {
  const problems = qualifiedNameProblems(type);
  if (problems.length > 0) return problems.map((why) => invalidValue(`${path}.type`, type, why));
  return isQualified(type) || limitTypes.has(type)
    ? []
    : [invalidValue(`${path}.type`, type, 'must be a standard limit type or fully qualified')];
};

const quantityAt = (quantities: JsonObject, name: string): string | undefined =>
  typeof quantities[name] === 'string' ? quantities[name] : undefined;

const isMore = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && (readQuantity(one)?.nano ?? 0n) > (readQuantity(other)?.nano ?? 0n);

/** The order of a resource's limits: min ≤ default request ≤ default ≤ max. */
const orderErrors = (item: JsonObject, name: string, path: string): FieldError[] => {
  const [max, min, byDefault, request] = ['max', 'min', 'default', 'defaultRequest'].map((kind) =>
    quantityAt(objectAt(item, kind), name),
  );
  const at = (kind: string): string => `${path}.${kind}[${name}]`;
  const wrong = (field: string, shown: string | undefined, why: string) => invalidValue(field, shown, why);
  return [
    ...(isMore(min, max) ? [wrong(at('min'), min, `min value ${min} is greater than max value ${max}`)] : []),
    ...(isMore(min, request)
      ? [wrong(at('defaultRequest'), request, `min value ${min} is greater than default request value ${request}`)]
      : []),
    ...(isMore(request, max)
      ? [wrong(at('defaultRequest'), request, `default request value ${request} is greater than max value ${max}`)]
      : []),
    ...(isMore(request, byDefault)
      ? [
          wrong(
            at('defaultRequest'),
            request,
            `default request value ${request} is greater than default limit value ${byDefault}`,
          ),
        ]
      : []),
    // The server shows the other of the two here.
    ...(isMore(min, byDefault)
      ? [wrong(at('default'), min, `min value ${min} is greater than default value ${byDefault}`)]
      : []),
    ...(isMore(byDefault, max)
      ? [wrong(at('default'), max, `default value ${byDefault} is greater than max value ${max}`)]
      : []),
  ];
};

const ratioErrors = (item: JsonObject, path: string): FieldError[] =>
  Object.entries(objectAt(item, 'maxLimitRequestRatio')).flatMap(([name, ratio]) =>
    (readQuantity(ratio)?.nano ?? 0n) < 1_000_000_000n
      ? [invalidValue(`${path}.maxLimitRequestRatio[${name}]`, ratio, `ratio ${String(ratio)} is less than 1`)]
      : [],
  );

const itemErrors = (item: unknown, index: number): FieldError[] => {
  const limit = objectAt(item);
  const path = `spec.limits[${index}]`;
  const type = textOf(limit.type);
  const forbidden = type === 'Pod' ? ['default', 'defaultRequest'].filter((kind) => limit[kind] !== undefined) : [];
  const names = (kind: string): string[] => Object.keys(objectAt(limit, kind));
  const all = new Set(limitKinds.slice(0, 4).flatMap(names));
  const storageIsMissing =
    type === 'PersistentVolumeClaim' && !['max', 'min'].some((kind) => names(kind).includes('storage'));
  return [
    ...typeErrors(type, path),
    ...limitKinds
      .slice(0, 4)
      .flatMap((kind) =>
        type === 'Container'
          ? names(kind).flatMap((name) =>
              nameProblems(name, forContainers, 'must be a standard resource for containers').map((why) =>
                invalidValue(`${path}.${kind}[${name}]`, name, why),
              ),
            )
          : [],
      ),
    ...forbidden.map((kind) => ({
      field: `${path}.${kind}`,
      reason: 'FieldValueForbidden',
      message: "Forbidden: may not be specified when `type` is 'Pod'",
    })),
    ...(storageIsMissing
      ? [
          requiredValue(
            `${path}.limits`,
            'either minimum or maximum storage value is required, but neither was provided',
          ),
        ]
      : []),
    ...(forbidden.length > 0 ? [] : [...all].flatMap((name) => orderErrors(limit, name, path))),
    ...ratioErrors(limit, path),
  ];
};

export const limitRangeRules: KindRules = {
  defaults: (range) => {
    for (const limit of listAt(range, 'spec', 'limits')) {
      if (!isObject(limit)) continue;
      for (const name of limitKinds) {
        const quantities = limit[name];
        if (isObject(quantities)) limit[name] = canonicalQuantities(quantities, 'LimitRange');
      }
      if (limit.type !== 'Container') continue;
      if (isObject(limit.max)) limit.default = { ...limit.max, ...objectAt(limit, 'default') };
      const requests = {
        ...objectAt(limit, 'min'),
        ...objectAt(limit, 'default'),
        ...objectAt(limit, 'defaultRequest'),
      };
      if (Object.keys(requests).length > 0) limit.defaultRequest = requests;
    }
  },
  validate: (range) => listAt(range, 'spec', 'limits').flatMap(itemErrors),
};
