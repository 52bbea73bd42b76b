import type { KubeObject } from '../object/kube-object.ts';
import type { ObjectKey } from '../store/object-store.ts';

export const keyText = ({ name, namespace }: ObjectKey): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

export const keyOfText = (text: string): ObjectKey => {
  const [first = '', second] = text.split('/');
  return second === undefined ? { name: first } : { namespace: first, name: second };
};

export const controllerOf = ({ metadata }: KubeObject, kind: string) =>
  metadata.ownerReferences?.find((owner) => owner.controller === true && owner.kind === kind);
