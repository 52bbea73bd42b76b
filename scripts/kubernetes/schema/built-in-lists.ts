/** How the API server merges lists and maps of built-in kinds. The generated models say types alone, so it is said here. */
type ListRule = { keys?: readonly string[]; mergeKey?: string; set?: true; strategy?: 'merge' | 'merge,retainKeys' };

const keyed = (...keys: string[]): ListRule => ({ keys, mergeKey: keys[0] ?? '', strategy: 'merge' });
const retaining = (...keys: string[]): ListRule => ({ ...keyed(...keys), strategy: 'merge,retainKeys' });

export const listRules: Readonly<Record<string, ListRule>> = {
  'V1ObjectMeta.finalizers': { set: true, strategy: 'merge' },
  'V1ObjectMeta.ownerReferences': keyed('uid'),
  'V1Container.env': keyed('name'),
  'V1Container.ports': { keys: ['containerPort', 'protocol'], mergeKey: 'containerPort', strategy: 'merge' },
  'V1Container.volumeDevices': keyed('devicePath'),
  'V1Container.volumeMounts': keyed('mountPath'),
  'V1ContainerStatus.volumeMounts': keyed('mountPath'),
  'V1ResourceRequirements.claims': { keys: ['name'] },
  'V1PodSpec.containers': keyed('name'),
  'V1PodSpec.initContainers': keyed('name'),
  'V1PodSpec.ephemeralContainers': keyed('name'),
  'V1PodSpec.hostAliases': keyed('ip'),
  'V1PodSpec.imagePullSecrets': keyed('name'),
  'V1PodSpec.resourceClaims': retaining('name'),
  'V1PodSpec.schedulingGates': keyed('name'),
  'V1PodSpec.topologySpreadConstraints': {
    keys: ['topologyKey', 'whenUnsatisfiable'],
    mergeKey: 'topologyKey',
    strategy: 'merge',
  },
  'V1PodSpec.volumes': retaining('name'),
  'V1PodStatus.conditions': keyed('type'),
  'V1PodStatus.podIPs': keyed('ip'),
  'V1JobStatus.conditions': { mergeKey: 'type', strategy: 'merge' },
  'V1UncountedTerminatedPods.failed': { set: true },
  'V1UncountedTerminatedPods.succeeded': { set: true },
  'V1PodFailurePolicyOnExitCodesRequirement.values': { set: true },
  'V1NamespaceStatus.conditions': keyed('type'),
  'V1ServiceAccount.secrets': keyed('name'),
  'V1ServiceSpec.ports': { keys: ['port', 'protocol'], mergeKey: 'port', strategy: 'merge' },
  'V1ServiceStatus.conditions': keyed('type'),
  'V1CustomResourceDefinitionStatus.conditions': { keys: ['type'] },
};

/** Models, and maps in models, that have one owner as a whole. */
export const atomicMaps: ReadonlySet<string> = new Set([
  'V1ConfigMapKeySelector',
  'V1EndpointAddress',
  'V1FileKeySelector',
  'V1LocalObjectReference',
  'V1NodeSelector',
  'V1NodeSelectorTerm',
  'V1ObjectFieldSelector',
  'V1ObjectReference',
  'V1ResourceFieldSelector',
  'V1ScopeSelector',
  'V1SecretKeySelector',
  'V1TypedLocalObjectReference',
  'V1RoleRef',
  'RbacV1Subject',
  'V1LabelSelector',
  'V1OwnerReference',
  'V1PodSpec.nodeSelector',
  'V1ServiceSpec.selector',
]);

/** Parts of list keys that the server fills in. */
export const keyDefaults: Readonly<Record<string, string>> = {
  'V1ContainerPort.protocol': 'TCP',
  'V1ServicePort.protocol': 'TCP',
};

/** Maps of quantities, which may be written as numbers. */
export const quantityMaps: ReadonlySet<string> = new Set([
  'V1ResourceRequirements.limits',
  'V1ResourceRequirements.requests',
  'V1ResourceQuotaSpec.hard',
  'V1LimitRangeItem.default',
  'V1LimitRangeItem.defaultRequest',
  'V1LimitRangeItem.max',
  'V1LimitRangeItem.min',
  'V1LimitRangeItem.maxLimitRequestRatio',
]);
