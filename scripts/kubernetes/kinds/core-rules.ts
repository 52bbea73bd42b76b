import { invalidValue, requiredValue } from '../object/api-error.ts';
import { isObject, listAt, objectAt, type JsonObject } from '../object/kube-object.ts';
import type { KindRules } from './kind.ts';
import { defaultPodSpec, podSpecErrors } from './pod-template.ts';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

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

const rbacGroup = 'rbac.authorization.k8s.io';

// Go writes a list of no rules as null.
export const roleRules: KindRules = {
  defaults: (role) => {
    role.rules ??= null;
  },
};

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
