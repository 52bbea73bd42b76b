import { describe, test } from 'vitest';
import { startRealCluster, toolsFolder } from './control-plane.ts';
import { operatorSuite } from './operator-suite.ts';
import type { Cases } from './operator-suite.ts';

/** The suite, or these cases of it, on a real control plane; skipped where there is none. */
export const onRealControlPlane = (cases?: readonly Cases[]): void => {
  describe('on a real control plane', () => {
    if (toolsFolder !== undefined) operatorSuite(startRealCluster, cases);
    test.runIf(toolsFolder === undefined)('LEGENDOPS_TOOLS is not set: there is no control plane', ({ skip }) => {
      skip();
    });
  });
};
