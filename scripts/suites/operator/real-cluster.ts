import { describe } from 'vitest';
import { startRealCluster, toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { operatorAccess } from './operator-access.ts';
import { operatorSuite } from './operator-suite.ts';
import type { Cases } from './operator-suite.ts';
import type { Cluster } from './operator-world.ts';

const startWithRights = async (): Promise<Cluster> => {
  const cluster = await startRealCluster();
  return { ...cluster, admitsByPolicy: true, accessOfOperator: (kube) => operatorAccess(kube, cluster.kubeconfig) };
};

/** The suite, or these cases of it, on a real control plane; skipped where there is none. */
export const onRealControlPlane = (cases?: readonly Cases[]): void => {
  describe.skipIf(toolsFolder === undefined)('on a real control plane (needs LEGENDOPS_TOOLS)', () => {
    operatorSuite(startWithRights, cases);
  });
};
