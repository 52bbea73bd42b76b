import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { namespaces } from './owned/resources.ts';

const bornWithTheCluster = 'kube-system';

/** What a cluster is known by: the uid of a namespace that is made with it and removed by nobody. */
export const clusterIdOf = async (kube: Pick<KubeClient, 'read'>): Promise<string> => {
  const namespace = await kube.read(namespaces, { name: bornWithTheCluster });
  const uid = namespace?.metadata.uid;
  if (uid === undefined) throw new Error(`The cluster has no namespace ${bornWithTheCluster}, by which it is known`);
  return uid;
};
