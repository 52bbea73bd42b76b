import { describe, test } from 'vitest';
import { operatorSuite } from './operator-suite.ts';
import { startRealCluster, toolsFolder } from './real-cluster.ts';

describe('on a real control plane', () => {
  if (toolsFolder !== undefined) operatorSuite(startRealCluster);
  test.runIf(toolsFolder === undefined)('LEGENDOPS_TOOLS is not set: there is no control plane', ({ skip }) => {
    skip();
  });
});
