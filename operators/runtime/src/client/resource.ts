/** What every object carries; the rest is the caller's type. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: unknown[];
}

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface KubeObject {
  apiVersion?: string;
  kind?: string;
  metadata: ObjectMeta;
}

/** A kind of the API, enough to build its URLs. */
export interface Resource<Kind extends KubeObject = KubeObject> {
  apiVersion: string;
  kind: string;
  plural: string;
  namespaced: boolean;
  /** Lists and watches carry metadata alone: what a Secret holds never reaches this process. */
  metadataOnly?: true;
  /** Never set; carries the object's type. */
  object?: Kind;
}

/** The same kind, listed and watched by its metadata. */
export const metadataOf = ({ apiVersion, kind, plural, namespaced }: Resource): Resource => ({
  apiVersion,
  kind,
  plural,
  namespaced,
  metadataOnly: true,
});

export interface ObjectKey {
  name: string;
  namespace?: string | undefined;
}

/** The URL path of a resource's list, or of one object when a name is given. */
export const pathOf = (resource: Resource, key: Partial<ObjectKey> = {}, subresource?: string): string => {
  const root = resource.apiVersion.includes('/') ? `/apis/${resource.apiVersion}` : `/api/${resource.apiVersion}`;
  const namespace =
    resource.namespaced && key.namespace !== undefined ? `/namespaces/${encodeURIComponent(key.namespace)}` : '';
  const name = key.name === undefined ? '' : `/${encodeURIComponent(key.name)}`;
  return `${root}${namespace}/${resource.plural}${name}${subresource === undefined ? '' : `/${subresource}`}`;
};

export const keyText = ({ name, namespace }: ObjectKey): string =>
  namespace === undefined ? name : `${namespace}/${name}`;
