import { invalidValue, requiredValue, unsupportedValue, duplicateValue, type FieldError } from '../object/api-error.ts';
import { isObject, listAt, objectAt, type JsonObject, textOf } from '../object/kube-object.ts';
import { canonicalQuantities } from './quantity.ts';

const pullPolicy = (image: unknown): string => {
  const tag = /:([^/:]+)$/.exec(textOf(image))?.[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
};

const withQuantities = (resources: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(resources).map(([name, value]) => [
      name,
      isObject(value) ? canonicalQuantities(value, 'Pod') : value,
    ]),
  );

const defaultContainer = (container: JsonObject): void => {
  container.imagePullPolicy ??= pullPolicy(container.image);
  container.resources = withQuantities(objectAt(container, 'resources'));
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  for (const port of listAt(container, 'ports')) if (isObject(port)) port.protocol ??= 'TCP';
  for (const variable of listAt(container, 'env')) {
    const field = objectAt(variable, 'valueFrom').fieldRef;
    if (isObject(field)) field.apiVersion ??= 'v1';
  }
};

const volumeSources = ['secret', 'configMap', 'projected', 'downwardAPI'] as const;

const defaultVolume = (volume: JsonObject): void => {
  if (Object.keys(volume).length === 1) volume.emptyDir = {};
  for (const source of volumeSources) {
    const value = volume[source];
    if (isObject(value)) value.defaultMode ??= 0o644;
  }
  for (const source of listAt(volume, 'projected', 'sources')) {
    const token = isObject(source) ? source.serviceAccountToken : undefined;
    if (isObject(token)) token.expirationSeconds ??= 3600;
  }
};

/** What the API server fills in in a pod's spec; the restart policy of a Job's template has no default. */
export const defaultPodSpec = (spec: JsonObject, { restartPolicy }: { restartPolicy: 'Always' | undefined }): void => {
  if (restartPolicy !== undefined) spec.restartPolicy ??= restartPolicy;
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.securityContext ??= {};
  spec.schedulerName ??= 'default-scheduler';
  // The old name of the field is kept in step for old clients.
  if (spec.serviceAccountName !== undefined) spec.serviceAccount = spec.serviceAccountName;
  for (const list of ['containers', 'initContainers'])
    for (const container of listAt(spec, list)) if (isObject(container)) defaultContainer(container);
  for (const volume of listAt(spec, 'volumes')) if (isObject(volume)) defaultVolume(volume);
};

const duplicatesBy = (list: readonly unknown[], key: string, path: string): FieldError[] => {
  const seen = new Set<unknown>();
  return list.flatMap((item, index) => {
    const value = isObject(item) ? item[key] : undefined;
    if (value === undefined || !seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [duplicateValue(`${path}[${index}].${key}`, value)];
  });
};

const containerErrors = (container: unknown, path: string, volumes: ReadonlySet<unknown>): FieldError[] => {
  if (!isObject(container)) return [];
  const mounts = listAt(container, 'volumeMounts');
  return [
    ...(container.name ? [] : [requiredValue(`${path}.name`)]),
    ...(container.image ? [] : [requiredValue(`${path}.image`)]),
    ...listAt(container, 'env').flatMap((variable, index) =>
      isObject(variable) && variable.name ? [] : [requiredValue(`${path}.env[${index}].name`)],
    ),
    ...mounts.flatMap((mount, index) => {
      const name = isObject(mount) ? mount.name : undefined;
      if (volumes.has(name)) return [];
      return [
        {
          field: `${path}.volumeMounts[${index}].name`,
          reason: 'FieldValueNotFound',
          message: `Not found: ${JSON.stringify(name)}`,
        },
      ];
    }),
    ...duplicatesBy(mounts, 'mountPath', `${path}.volumeMounts`).map((error) => ({
      ...invalidValue(error.field, undefined, 'must be unique'),
    })),
  ];
};

const podRestartPolicies = ['Always', 'OnFailure', 'Never'];

export const podSpecErrors = (spec: JsonObject, path: string): FieldError[] => {
  const containers = listAt(spec, 'containers');
  const volumes = new Set(listAt(spec, 'volumes').map((volume) => (isObject(volume) ? volume.name : undefined)));
  return [
    ...(containers.length === 0 ? [requiredValue(`${path}.containers`)] : []),
    ...containers.flatMap((container, index) => containerErrors(container, `${path}.containers[${index}]`, volumes)),
    ...duplicatesBy(containers, 'name', `${path}.containers`),
    ...(spec.restartPolicy === undefined || podRestartPolicies.includes(textOf(spec.restartPolicy))
      ? []
      : [unsupportedValue(`${path}.restartPolicy`, spec.restartPolicy, podRestartPolicies)]),
  ];
};
