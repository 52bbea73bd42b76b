import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';
import { contains } from '@legendops/operator-runtime/controller/contains';
import { fieldManager } from '../api/tenant.ts';

/** Applies what we want unless it stands there already: idle means no writes. Our fields are ours, others' are left. */
export const applyIfChanged = async <Kind extends KubeObject>(
  kube: KubeClient,
  resource: Resource<Kind>,
  wanted: Kind,
): Promise<boolean> => {
  const actual = await kube.read(resource, wanted.metadata);
  if (actual && contains(actual, wanted)) return false;
  await kube.apply(resource, wanted, { fieldManager, force: true });
  return true;
};
