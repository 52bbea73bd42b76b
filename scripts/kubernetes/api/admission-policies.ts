import type { Kind } from '../kinds/kind.ts';
import { evaluateAdmission } from '../schema/cel-admission.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { ApiError } from '../object/api-error.ts';
import { objectAt, type KubeObject } from '../object/kube-object.ts';

interface ResourceRule {
  apiGroups?: string[];
  apiVersions?: string[];
  operations?: string[];
  resources?: string[];
}

interface Validation {
  expression: string;
  message?: string;
  messageExpression?: string;
  reason?: string;
}

interface PolicySpec {
  matchConstraints?: { resourceRules?: ResourceRule[] };
  matchConditions?: { name: string; expression: string }[];
  failurePolicy?: string;
  validations?: Validation[];
}

interface BindingSpec {
  policyName?: string;
  validationActions?: string[];
}

const group = 'admissionregistration.k8s.io';
const codes: Readonly<Record<string, number>> = {
  Unauthorized: 401,
  Forbidden: 403,
  Invalid: 422,
  RequestEntityTooLarge: 413,
};

const has = (list: readonly string[] | undefined, wanted: string): boolean =>
  list?.some((one) => one === '*' || one === wanted) ?? false;

const matches = (kind: Kind, { matchConstraints }: PolicySpec): boolean =>
  matchConstraints?.resourceRules?.some(
    ({ apiGroups, apiVersions, operations, resources }) =>
      has(apiGroups, kind.group) &&
      has(apiVersions, kind.version) &&
      has(operations, 'DELETE') &&
      has(resources, kind.plural),
  ) ?? false;

/** What is wrong with the deletion by this policy, in its words; undefined where it may go on. */
const refusalOf = (kind: Kind, live: KubeObject, spec: PolicySpec): { message: string; reason: string } | undefined => {
  const { matchConditions = [], validations = [], failurePolicy = 'Fail' } = spec;
  const request = {
    operation: 'DELETE',
    name: live.metadata.name,
    namespace: live.metadata.namespace ?? '',
    resource: { group: kind.group, version: kind.version, resource: kind.plural },
  };
  const variables = { object: null, oldObject: live, request };
  try {
    if (!matchConditions.every(({ expression }) => evaluateAdmission(expression, variables) === true)) return undefined;
    const broken = validations.find(({ expression }) => evaluateAdmission(expression, variables) !== true);
    if (!broken) return undefined;
    const { expression, message = `failed expression: ${expression}`, messageExpression, reason = 'Invalid' } = broken;
    const said = messageExpression === undefined ? message : String(evaluateAdmission(messageExpression, variables));
    return { message: said, reason };
  } catch (error) {
    if (failurePolicy === 'Ignore') return undefined;
    return {
      message: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
      reason: 'Invalid',
    };
  }
};

/** Holds a deletion that somebody asks for to the ValidatingAdmissionPolicies that a binding puts into force. */
export const admitDeletion = (store: ObjectStore, kind: Kind, live: KubeObject): void => {
  for (const binding of store.list(`${group}/validatingadmissionpolicybindings`)) {
    const { policyName, validationActions } = objectAt(binding, 'spec') as BindingSpec;
    const policy = store.get(`${group}/validatingadmissionpolicies`, { name: policyName ?? '' });
    if (!policy || !has(validationActions, 'Deny')) continue;
    const spec = objectAt(policy, 'spec') as PolicySpec;
    const refusal = matches(kind, spec) ? refusalOf(kind, live, spec) : undefined;
    if (!refusal) continue;
    const resource = kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`;
    const by = `ValidatingAdmissionPolicy '${policy.metadata.name}' with binding '${binding.metadata.name}'`;
    throw new ApiError(
      codes[refusal.reason] ?? 422,
      refusal.reason,
      `${resource} "${live.metadata.name}" is forbidden: ${by} denied request: ${refusal.message}`,
      {
        name: live.metadata.name,
        ...(kind.group !== '' && { group: kind.group }),
        kind: kind.plural,
        causes: [{ reason: '', message: `${by} denied request: ${refusal.message}`, field: '' }],
      },
    );
  }
};
