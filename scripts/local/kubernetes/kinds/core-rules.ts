import { invalidValue, requiredValue, type FieldError } from '../api/api-error.ts';
import { isObject, listAt, objectAt, type JsonObject, type KubeObject } from '../api/kube-object.ts';
import type { KindRules } from './kind.ts';
import { defaultPodSpec, podSpecErrors } from './pod-template.ts';

const isBase64 = (text: string): boolean => Buffer.from(text, 'base64').toString('base64') === text;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const immutableErrors = (object: KubeObject, live: KubeObject | undefined, fields: readonly string[]): FieldError[] =>
  live?.immutable === true
    ? fields
        .filter((field) => !same(object[field], live[field]))
        .map((field) => ({
          field,
          reason: 'FieldValueForbidden',
          message: 'Forbidden: field is immutable when `immutable` is set',
        }))
    : [];

export const secretRules: KindRules = {
  defaults: (secret) => {
    secret.type ??= 'Opaque';
    if (!isObject(secret.stringData)) return;
    const texts = Object.entries(secret.stringData).map(([key, text]) => [
      key,
      Buffer.from(String(text)).toString('base64'),
    ]);
    secret.data = { ...objectAt(secret, 'data'), ...Object.fromEntries(texts) };
    delete secret.stringData;
  },
  validate: (secret, live) => [
    ...Object.entries(objectAt(secret, 'data'))
      .filter(([, value]) => !isBase64(String(value)))
      .map(([key, value]) => invalidValue(`data[${key}]`, value, 'illegal base64 data')),
    ...(live && secret.type !== live.type ? [invalidValue('type', secret.type, 'field is immutable')] : []),
    ...immutableErrors(secret, live, ['data', 'immutable']),
  ],
};

export const configMapRules: KindRules = {
  validate: (map, live) => immutableErrors(map, live, ['data', 'binaryData', 'immutable']),
};

export const namespaceRules: KindRules = {
  defaults: (namespace) => {
    namespace.metadata.labels = {
      ...namespace.metadata.labels,
      'kubernetes.io/metadata.name': namespace.metadata.name,
    };
  },
  onCreate: (namespace) => {
    namespace.spec = { finalizers: ['kubernetes'] };
    namespace.status = { phase: 'Active' };
  },
  onUpdate: (namespace, live) => {
    namespace.spec = live.spec;
  },
};

export const podRules: KindRules = {
  defaults: (pod) => {
    if (!isObject(pod.spec)) pod.spec = {};
    const spec = pod.spec as JsonObject;
    spec.serviceAccountName ??= 'default';
    spec.enableServiceLinks ??= true;
    defaultPodSpec(spec, { restartPolicy: 'Always' });
  },
  onCreate: (pod) => {
    pod.status = { phase: 'Pending', qosClass: 'BestEffort' };
  },
  validate: (pod, live) => [
    ...podSpecErrors(objectAt(pod, 'spec'), 'spec'),
    ...(live &&
    !same(listAt(pod, 'spec', 'containers').map(withoutImage), listAt(live, 'spec', 'containers').map(withoutImage))
      ? [
          {
            field: 'spec',
            reason: 'FieldValueForbidden',
            message:
              'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,' +
              '`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing ' +
              'tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
          },
        ]
      : []),
  ],
};

const withoutImage = (container: unknown): unknown => ({ ...(isObject(container) ? container : {}), image: '' });

/** An address that nothing answers at: services have no proxies here. */
const addressFor = (uid: string): string =>
  `10.96.${Number.parseInt(uid.slice(0, 2), 16)}.${(Number.parseInt(uid.slice(2, 4), 16) % 250) + 2}`;

export const serviceRules: KindRules = {
  defaults: (service) => {
    if (!isObject(service.spec)) service.spec = {};
    const spec = service.spec as JsonObject;
    spec.type ??= 'ClusterIP';
    spec.sessionAffinity ??= 'None';
    spec.internalTrafficPolicy ??= 'Cluster';
    spec.ipFamilies ??= ['IPv4'];
    spec.ipFamilyPolicy ??= 'SingleStack';
    for (const port of listAt(spec, 'ports'))
      if (isObject(port)) {
        port.protocol ??= 'TCP';
        port.targetPort ??= port.port;
      }
  },
  onCreate: (service) => {
    const spec = service.spec as JsonObject;
    if (spec.clusterIP === undefined) {
      spec.clusterIP = addressFor(service.metadata.uid ?? '0000');
      spec.clusterIPs = [spec.clusterIP];
    }
    service.status = { loadBalancer: {} };
  },
  onUpdate: (service, live) => {
    const spec = service.spec as JsonObject;
    spec.clusterIP ??= objectAt(live, 'spec').clusterIP;
    spec.clusterIPs ??= objectAt(live, 'spec').clusterIPs;
  },
  validate: (service) =>
    listAt(service, 'spec', 'ports').length === 0 && objectAt(service, 'spec').clusterIP !== 'None'
      ? [requiredValue('spec.ports')]
      : [],
};

export const networkPolicyRules: KindRules = {
  defaults: (policy) => {
    if (!isObject(policy.spec)) policy.spec = {};
    const spec = policy.spec as JsonObject;
    spec.podSelector ??= {};
    spec.policyTypes ??= listAt(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
    for (const rule of [...listAt(spec, 'ingress'), ...listAt(spec, 'egress')])
      for (const port of listAt(rule, 'ports')) if (isObject(port)) port.protocol ??= 'TCP';
  },
};

const asText = (quantities: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(quantities).map(([name, value]) => [name, String(value)]));

export const quotaRules: KindRules = {
  defaults: (quota) => {
    if (!isObject(quota.spec)) quota.spec = {};
    const spec = quota.spec as JsonObject;
    if (isObject(spec.hard)) spec.hard = asText(spec.hard);
  },
  onCreate: (quota) => {
    quota.status = {};
  },
};

const limitKinds = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'];

export const limitRangeRules: KindRules = {
  defaults: (range) => {
    for (const limit of listAt(range, 'spec', 'limits')) {
      if (!isObject(limit)) continue;
      for (const name of limitKinds) {
        const quantities = limit[name];
        if (isObject(quantities)) limit[name] = asText(quantities);
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
};

const rbacGroup = 'rbac.authorization.k8s.io';

export const bindingRules: KindRules = {
  defaults: (binding) => {
    if (isObject(binding.roleRef)) binding.roleRef.apiGroup ??= rbacGroup;
    for (const subject of listAt(binding, 'subjects'))
      if (isObject(subject) && subject.kind !== 'ServiceAccount') subject.apiGroup ??= rbacGroup;
  },
  validate: (binding, live) =>
    live && !same(binding.roleRef, live.roleRef)
      ? [invalidValue('roleRef', binding.roleRef, 'cannot change roleRef')]
      : [],
};
