import type { KubeObject, OwnerReference, Resource } from '../client/resource.ts';

/** Of what is made for an object: the server removes it with its owner. Both in one namespace, or the owner in none. */
export const ownerReferenceTo = (resource: Resource, { metadata }: KubeObject): OwnerReference => {
  if (metadata.uid === undefined) throw new TypeError(`${resource.kind} ${metadata.name} was not read from a server`);
  return {
    apiVersion: resource.apiVersion,
    kind: resource.kind,
    name: metadata.name,
    uid: metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
};

/** By the uid: an owner that was made again under the same name is another. */
export const isOwnedBy = ({ metadata }: KubeObject, owner: KubeObject): boolean =>
  metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) ?? false;

/** The name of the owner that controls it, where it is of this kind: the key for a queue of owners. */
export const controllerOf = ({ metadata }: KubeObject, { apiVersion, kind }: Resource): string | undefined =>
  metadata.ownerReferences?.find((one) => one.controller === true && one.kind === kind && one.apiVersion === apiVersion)
    ?.name;
