import { builtInSchema } from '../schema/built-in-models.ts';
import { builtInColumns } from './built-in-columns.ts';
import { configMapRules, secretRules } from './config-rules.ts';
import { bindingRules, namespaceRules, podRules, roleRules, serviceRules } from './core-rules.ts';
import { definitionRules } from './custom-kinds.ts';
import { cronJobRules, jobRules } from './job-rules.ts';
import { networkPolicyRules } from './network-policy-rules.ts';
import { limitRangeRules, quotaRules } from './quota-rules.ts';
import { allVerbs, type Kind, type Subresource } from './kind.ts';

type Facts = Pick<Kind, 'kind' | 'plural'> &
  Partial<
    Pick<
      Kind,
      | 'shortNames'
      | 'categories'
      | 'rules'
      | 'nameRule'
      | 'hasStatus'
      | 'countsGenerations'
      | 'returnsDeleted'
      | 'selectableFields'
    >
  > & { isCluster?: true; model?: string; resource?: string; more?: readonly Subresource[]; verbs?: readonly string[] };

const core = { group: '', version: 'v1' };
const reviewed = ['create'];

const subresource = (name: string, verbs: readonly string[], kind: Subresource['kind']): Subresource => ({
  name,
  verbs,
  kind,
});

const kindOf = ({ group, version }: { group: string; version: string }, facts: Facts): Kind => {
  const { kind, plural, isCluster, model = `V1${kind}`, more = [], verbs = allVerbs, hasStatus = false } = facts;
  const own = { group, version, kind };
  return {
    ...own,
    listKind: `${kind}List`,
    plural,
    singular: kind.toLowerCase(),
    namespaced: isCluster !== true,
    shortNames: facts.shortNames ?? [],
    categories: facts.categories ?? [],
    resource: facts.resource ?? `${group}/${plural}`,
    verbs,
    subresources: [...more, ...(hasStatus ? [subresource('status', ['get', 'patch', 'update'], own)] : [])],
    schema: builtInSchema(model),
    isBuiltIn: true,
    hasStatus,
    countsGenerations: facts.countsGenerations ?? false,
    nameRule: facts.nameRule ?? 'subdomain',
    selectableFields: facts.selectableFields ?? [],
    columns: builtInColumns(plural),
    rules: facts.rules ?? {},
    returnsDeleted: facts.returnsDeleted ?? false,
  };
};

const involved = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'];

const coreFacts: readonly Facts[] = [
  {
    kind: 'Namespace',
    plural: 'namespaces',
    isCluster: true,
    shortNames: ['ns'],
    hasStatus: true,
    nameRule: 'label',
    rules: namespaceRules,
    returnsDeleted: true,
    selectableFields: ['status.phase'],
  },
  { kind: 'ConfigMap', plural: 'configmaps', shortNames: ['cm'], rules: configMapRules },
  { kind: 'Secret', plural: 'secrets', rules: secretRules, selectableFields: ['type'] },
  {
    kind: 'ServiceAccount',
    plural: 'serviceaccounts',
    shortNames: ['sa'],
    returnsDeleted: true,
    more: [subresource('token', reviewed, { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' })],
  },
  {
    kind: 'Pod',
    plural: 'pods',
    shortNames: ['po'],
    categories: ['all'],
    hasStatus: true,
    countsGenerations: true,
    rules: podRules,
    returnsDeleted: true,
    selectableFields: [
      'status.phase',
      'spec.nodeName',
      'spec.restartPolicy',
      'spec.schedulerName',
      'spec.serviceAccountName',
      'status.podIP',
    ],
    more: [subresource('log', ['get'], { ...core, kind: 'Pod' })],
  },
  {
    kind: 'Event',
    plural: 'events',
    shortNames: ['ev'],
    model: 'CoreV1Event',
    selectableFields: [
      ...involved.map((field) => `involvedObject.${field}`),
      'reason',
      'reportingComponent',
      'source',
      'type',
    ],
  },
  {
    kind: 'ResourceQuota',
    plural: 'resourcequotas',
    shortNames: ['quota'],
    hasStatus: true,
    rules: quotaRules,
    returnsDeleted: true,
  },
  { kind: 'LimitRange', plural: 'limitranges', shortNames: ['limits'], rules: limitRangeRules },
  {
    kind: 'Service',
    plural: 'services',
    shortNames: ['svc'],
    categories: ['all'],
    hasStatus: true,
    nameRule: 'dns1035',
    rules: serviceRules,
    returnsDeleted: true,
  },
  { kind: 'Endpoints', plural: 'endpoints', shortNames: ['ep'] },
];

const batchFacts: readonly Facts[] = [
  {
    kind: 'Job',
    plural: 'jobs',
    categories: ['all'],
    hasStatus: true,
    countsGenerations: true,
    rules: jobRules,
    selectableFields: ['status.successful'],
  },
  {
    kind: 'CronJob',
    plural: 'cronjobs',
    shortNames: ['cj'],
    categories: ['all'],
    hasStatus: true,
    countsGenerations: true,
    rules: cronJobRules,
  },
];

const rbacFacts: readonly Facts[] = [
  { kind: 'Role', plural: 'roles', nameRule: 'path', rules: roleRules },
  { kind: 'RoleBinding', plural: 'rolebindings', nameRule: 'path', rules: bindingRules },
  { kind: 'ClusterRole', plural: 'clusterroles', nameRule: 'path', isCluster: true, rules: roleRules },
  { kind: 'ClusterRoleBinding', plural: 'clusterrolebindings', nameRule: 'path', isCluster: true, rules: bindingRules },
];

const of = (group: string, facts: readonly Facts[]): Kind[] =>
  facts.map((each) => kindOf({ group, version: 'v1' }, each));

/**
 * Everything that is served without a CustomResourceDefinition. What else a kind needs that is not in the generated models:
 * its columns, how its lists merge (`schema/built-in-lists.ts`), and the numbers of its fields, without which it is refused in
 * protobuf (`protobuf/field-numbers.ts`).
 */
export const builtInKinds = (): Kind[] => [
  ...of('', coreFacts),
  ...of('batch', batchFacts),
  ...of('networking.k8s.io', [
    {
      kind: 'NetworkPolicy',
      plural: 'networkpolicies',
      shortNames: ['netpol'],
      countsGenerations: true,
      rules: networkPolicyRules,
    },
  ]),
  ...of('rbac.authorization.k8s.io', rbacFacts),
  ...of('admissionregistration.k8s.io', [
    {
      kind: 'ValidatingAdmissionPolicy',
      plural: 'validatingadmissionpolicies',
      isCluster: true,
      hasStatus: true,
      countsGenerations: true,
    },
    { kind: 'ValidatingAdmissionPolicyBinding', plural: 'validatingadmissionpolicybindings', isCluster: true },
  ]),
  ...of('coordination.k8s.io', [{ kind: 'Lease', plural: 'leases' }]),
  ...of('events.k8s.io', [
    { kind: 'Event', plural: 'events', shortNames: ['ev'], model: 'EventsV1Event', resource: '/events' },
  ]),
  ...of('authentication.k8s.io', [
    { kind: 'TokenReview', plural: 'tokenreviews', isCluster: true, verbs: reviewed },
    { kind: 'SelfSubjectReview', plural: 'selfsubjectreviews', isCluster: true, verbs: reviewed },
  ]),
  ...of('authorization.k8s.io', [
    { kind: 'SelfSubjectAccessReview', plural: 'selfsubjectaccessreviews', isCluster: true, verbs: reviewed },
    { kind: 'SelfSubjectRulesReview', plural: 'selfsubjectrulesreviews', isCluster: true, verbs: reviewed },
  ]),
  ...of('apiextensions.k8s.io', [
    {
      kind: 'CustomResourceDefinition',
      plural: 'customresourcedefinitions',
      isCluster: true,
      shortNames: ['crd', 'crds'],
      categories: ['api-extensions'],
      hasStatus: true,
      countsGenerations: true,
      rules: definitionRules,
    },
  ]),
];
