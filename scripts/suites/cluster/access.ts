import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { manifestsOf, type Manifest } from '../charts/rendered.ts';
import { tenantNamespace } from './first-invoice.ts';
import { platformNamespace, type Platform } from './platform.ts';
import type { Seen } from './summary.ts';

interface Rule {
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
  verbs: string[];
}

interface Grant {
  /** namespace/name */
  account: string;
  /** Undefined for everywhere. */
  namespace: string | undefined;
  rules: readonly Rule[];
}

interface Question {
  account: string;
  namespace: string;
  group: string;
  resource: string;
  name: string;
  verb: string;
}

interface Binding extends Manifest {
  roleRef: { kind: string; name: string };
  subjects: { kind: string; name: string; namespace?: string }[];
}

const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

/** What Kubernetes lets every account ask of itself. */
const ofEverybody = new Set([
  'create authorization.k8s.io/selfsubjectaccessreviews',
  'create authorization.k8s.io/selfsubjectrulesreviews',
  'create authentication.k8s.io/selfsubjectreviews',
]);

// What leads from one account's rights to another's stands in no list of resources.
const ways: readonly Pick<Question, 'verb' | 'group' | 'resource'>[] = [
  ...['users', 'groups', 'serviceaccounts'].map((resource) => ({ verb: 'impersonate', group: '', resource })),
  ...['roles', 'clusterroles'].flatMap((resource) =>
    ['bind', 'escalate'].map((verb) => ({ verb, group: 'rbac.authorization.k8s.io', resource })),
  ),
  ...['create', 'get'].flatMap((verb) =>
    ['pods/exec', 'pods/attach', 'pods/portforward', 'pods/log', 'serviceaccounts/token', 'nodes/proxy'].map(
      (resource) => ({ verb, group: '', resource }),
    ),
  ),
];

const keyOf = (kind: string, namespace: string, name: string): string => `${kind} ${namespace}/${name}`;

/** Who is given what by the rendered text of the chart, which has the operator's own in it. */
const grantsOf = (manifests: readonly Manifest[]): Grant[] => {
  const rules = new Map(
    manifests.flatMap((manifest) => {
      if (manifest.kind !== 'Role' && manifest.kind !== 'ClusterRole') return [];
      const { kind, metadata } = manifest;
      const given = (manifest as Manifest & { rules: Rule[] }).rules;
      const namespace = kind === 'Role' ? (metadata.namespace ?? platformNamespace) : '';
      return [[keyOf(kind, namespace, metadata.name), given] as const];
    }),
  );
  return manifests.flatMap((manifest) => {
    if (!manifest.kind.endsWith('RoleBinding')) return [];
    const { roleRef, subjects, kind, metadata } = manifest as Binding;
    const namespace = kind === 'RoleBinding' ? (metadata.namespace ?? platformNamespace) : undefined;
    const found = rules.get(keyOf(roleRef.kind, roleRef.kind === 'Role' ? (namespace ?? '') : '', roleRef.name));
    return subjects.flatMap((subject) =>
      subject.kind === 'ServiceAccount' && found !== undefined
        ? [{ account: `${subject.namespace ?? platformNamespace}/${subject.name}`, namespace, rules: found }]
        : [],
    );
  });
};

const has = (list: readonly string[] | undefined, value: string): boolean => (list ?? []).includes(value);

const isGranted = (grants: readonly Grant[], { account, namespace, group, resource, name, verb }: Question): boolean =>
  ofEverybody.has(`${verb} ${group}/${resource}`) ||
  grants.some(
    (grant) =>
      grant.account === account &&
      (grant.namespace === undefined || grant.namespace === namespace) &&
      grant.rules.some(
        (rule) =>
          has(rule.apiGroups, group) &&
          has(rule.resources, resource) &&
          has(rule.verbs, verb) &&
          (rule.resourceNames === undefined || has(rule.resourceNames, name)),
      ),
  );

type Review = KubeObject & { spec: object; status?: { allowed: boolean } };
const reviews: Resource<Review> = {
  apiVersion: 'authorization.k8s.io/v1',
  kind: 'SubjectAccessReview',
  plural: 'subjectaccessreviews',
  namespaced: false,
};

const isAllowed = async (client: KubeClient, { account, verb, group, resource, name, namespace }: Question) => {
  const [of = '', called = ''] = account.split('/');
  const [plain = '', subresource = ''] = resource.split('/');
  const { status } = await client.create(reviews, {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    metadata: {} as KubeObject['metadata'],
    spec: {
      user: `system:serviceaccount:${of}:${called}`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${of}`, 'system:authenticated'],
      resourceAttributes: { verb, group, resource: plain, subresource, name, namespace },
    },
  });
  return status?.allowed === true;
};

/** Every kind of thing that this API server has, as group and name. */
const resourcesOf = async ({ machine }: Platform): Promise<Pick<Question, 'group' | 'resource'>[]> => {
  const listed = await machine.kubectl(['api-resources', '--no-headers', '-o', 'name']);
  return listed
    .trim()
    .split('\n')
    .map((line) => {
      const [resource = '', ...group] = line.trim().split('.');
      return { resource, group: group.join('.') };
    });
};

const someName = 'somebody-elses';

const questionsOf = (grants: readonly Grant[], account: string, resources: Pick<Question, 'group' | 'resource'>[]) => {
  const own = grants.filter((grant) => grant.account === account);
  const rules = own.flatMap((grant) => grant.rules);
  const namespaces = new Set([platformNamespace, 'default', 'kube-system', tenantNamespace]);
  const granted = rules.flatMap((rule) =>
    (rule.apiGroups ?? []).flatMap((group) => (rule.resources ?? []).map((resource) => ({ group, resource }))),
  );
  const names = new Set([someName, ...rules.flatMap((rule) => rule.resourceNames ?? [])]);
  const asked = (
    list: readonly Pick<Question, 'group' | 'resource'>[],
    called: Iterable<string>,
    where: Iterable<string>,
  ) =>
    list.flatMap(({ group, resource }) =>
      [...where].flatMap((namespace) =>
        [...called].flatMap((name) => verbs.map((verb) => ({ account, group, resource, name, namespace, verb }))),
      ),
    );
  const one = tenantNamespace;
  return [
    ...asked(resources, [someName], [one]),
    ...asked(granted, names, namespaces),
    ...ways.map((way) => ({ ...way, account, name: someName, namespace: one })),
  ];
};

const atOnce = 16;

/** Each account is allowed what the text of its roles says, and refused everything else. */
export const probeAccess = async (platform: Platform): Promise<Seen> => {
  const { machine, client } = platform;
  const get = (what: string): Promise<string> => machine.helm(['get', what, 'legendops', '-n', platformNamespace]);
  const text = `${await get('manifest')}\n---\n${await get('hooks')}`;
  const manifests = manifestsOf(text);
  const grants = grantsOf(manifests);
  const accounts = [
    ...manifests
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map(({ metadata }) => `${platformNamespace}/${metadata.name}`),
    `${platformNamespace}/default`,
    `${tenantNamespace}/billing-job`,
    `${tenantNamespace}/default`,
  ];
  const resources = await resourcesOf(platform);
  const questions = accounts.flatMap((account) => questionsOf(grants, account, resources));
  const wrong: string[] = [];
  const counts = { allowed: 0, refused: 0 };
  const ask = async (): Promise<void> => {
    for (let next = questions.pop(); next !== undefined; next = questions.pop()) {
      const wanted = isGranted(grants, next);
      counts[wanted ? 'allowed' : 'refused'] += 1;
      if ((await isAllowed(client, next)) !== wanted)
        wrong.push(
          `${next.account} ${wanted ? 'may not' : 'may'} ${next.verb} ${next.group}/${next.resource} ${next.name} in ${next.namespace}`,
        );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  if (wrong.length > 0) throw new Error(`${wrong.length} rights are not as written: ${wrong.slice(0, 20).join('; ')}`);
  return {
    count: counts.allowed + counts.refused,
    of: `questions: ${counts.allowed} allowed, ${counts.refused} refused, as written`,
    figures: [`${accounts.length} service accounts`],
  };
};
