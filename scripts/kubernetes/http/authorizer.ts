import { ApiError } from '../object/api-error.ts';
import { listAt, objectAt, textOf, type JsonObject, type KubeObject } from '../object/kube-object.ts';
import type { Identity } from '../identity/service-account-tokens.ts';
import type { ObjectStore } from '../store/object-store.ts';

/** What somebody wants to do: with objects, or with a path that names none. */
export type RequestAttributes =
  | {
      verb: string;
      group: string;
      /** With its subresource, as `pods/log`. */
      resource: string;
      name?: string | undefined;
      namespace?: string | undefined;
    }
  | { verb: string; path: string };

export type Rule = {
  verbs: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
};

// Everybody who has signed in may look around and ask about themselves, as in a new cluster.
const forEverybody: readonly Rule[] = [
  {
    verbs: ['get', 'head'],
    nonResourceURLs: [
      '/api',
      '/api/*',
      '/apis',
      '/apis/*',
      '/openapi',
      '/openapi/*',
      '/version',
      '/healthz',
      '/livez',
      '/readyz',
    ],
  },
  {
    verbs: ['create'],
    apiGroups: ['authorization.k8s.io', 'authentication.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'selfsubjectreviews'],
  },
];

const strings = (parent: unknown, field: string): string[] => listAt(parent, field).map(String);

const ruleOf = (rule: unknown): Rule => ({
  verbs: strings(rule, 'verbs'),
  apiGroups: strings(rule, 'apiGroups'),
  resources: strings(rule, 'resources'),
  resourceNames: strings(rule, 'resourceNames'),
  nonResourceURLs: strings(rule, 'nonResourceURLs'),
});

const isSubject = ({ username, groups }: Identity, subject: unknown): boolean => {
  const { kind, name, namespace } = objectAt(subject);
  if (kind === 'Group') return groups.includes(String(name));
  if (kind === 'ServiceAccount') return username === `system:serviceaccount:${String(namespace)}:${String(name)}`;
  return kind === 'User' && username === name;
};

const has = (list: readonly string[] | undefined, wanted: string): boolean =>
  list !== undefined && (list.includes('*') || list.includes(wanted));

const matchesPath = (patterns: readonly string[] | undefined, path: string): boolean =>
  (patterns ?? []).some((pattern) =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : pattern === path,
  );

const allowsResource = (rule: Rule, attributes: Extract<RequestAttributes, { resource: string }>): boolean => {
  const [, subresource] = attributes.resource.split('/');
  const isNamed =
    has(rule.resources, attributes.resource) || (subresource !== undefined && has(rule.resources, `*/${subresource}`));
  const names = rule.resourceNames ?? [];
  return (
    has(rule.apiGroups, attributes.group) && isNamed && (names.length === 0 || names.includes(attributes.name ?? ''))
  );
};

const allows = (rule: Rule, attributes: RequestAttributes): boolean =>
  has(rule.verbs, attributes.verb) &&
  ('path' in attributes ? matchesPath(rule.nonResourceURLs, attributes.path) : allowsResource(rule, attributes));

const forbidden = ({ username }: Identity, attributes: RequestAttributes): ApiError => {
  if ('path' in attributes)
    return new ApiError(
      403,
      'Forbidden',
      `forbidden: User "${username}" cannot ${attributes.verb} path "${attributes.path}"`,
      {},
    );
  const { verb, group, resource, name, namespace } = attributes;
  const plural = resource.split('/')[0] ?? resource;
  const subject = `${plural}${group === '' ? '' : `.${group}`}${name === undefined ? '' : ` "${name}"`}`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return new ApiError(
    403,
    'Forbidden',
    `${subject} is forbidden: User "${username}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`,
    { ...(name !== undefined && { name }), ...(group !== '' && { group }), kind: plural },
  );
};

const rbac = 'rbac.authorization.k8s.io';

/** Role based access, as the roles and bindings in the store say; system:masters may do everything. */
export const authorizer = (store: ObjectStore) => {
  const rulesOf = (binding: KubeObject): Rule[] => {
    const { kind, name } = objectAt(binding, 'roleRef');
    const key = { name: String(name), ...(kind === 'Role' && { namespace: binding.metadata.namespace }) };
    const role = store.get(`${rbac}/${kind === 'Role' ? 'roles' : 'clusterroles'}`, key);
    return role ? listAt(role, 'rules').map(ruleOf) : [];
  };
  const boundTo = (caller: Identity, bindings: readonly KubeObject[]): Rule[] =>
    bindings
      .filter((binding) => listAt(binding, 'subjects').some((subject) => isSubject(caller, subject)))
      .flatMap(rulesOf);

  const rulesFor = (caller: Identity, namespace: string | undefined): Rule[] => {
    if (caller.groups.includes('system:masters'))
      return [
        { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
        { verbs: ['*'], nonResourceURLs: ['*'] },
      ];
    return [
      ...forEverybody,
      ...boundTo(caller, store.list(`${rbac}/clusterrolebindings`)),
      ...(namespace === undefined ? [] : boundTo(caller, store.list(`${rbac}/rolebindings`, namespace))),
    ];
  };
  const isAllowed = (caller: Identity, attributes: RequestAttributes): boolean =>
    rulesFor(caller, 'path' in attributes ? undefined : attributes.namespace).some((rule) => allows(rule, attributes));
  return {
    rulesFor,
    isAllowed,
    require: (caller: Identity, attributes: RequestAttributes): void => {
      if (!isAllowed(caller, attributes)) throw forbidden(caller, attributes);
    },
  };
};

export type Authorizer = ReturnType<typeof authorizer>;

/** The attributes that a SelfSubjectAccessReview asks about. */
export const attributesOf = (spec: JsonObject): RequestAttributes => {
  const resource = objectAt(spec, 'resourceAttributes');
  const path = objectAt(spec, 'nonResourceAttributes');
  if (spec.nonResourceAttributes !== undefined) return { verb: String(path.verb), path: String(path.path) };
  const { subresource, namespace, name } = resource;
  return {
    verb: textOf(resource.verb),
    group: textOf(resource.group),
    resource: [resource.resource, subresource].filter(Boolean).map(String).join('/'),
    name: typeof name === 'string' && name !== '' ? name : undefined,
    namespace: typeof namespace === 'string' && namespace !== '' ? namespace : undefined,
  };
};
