import { afterAll, beforeAll, describe } from 'vitest';
import { crashCases } from './crash-cases.ts';
import { creationCases } from './creation-cases.ts';
import { credentialCases } from './credential-cases.ts';
import { deletionCases } from './deletion-cases.ts';
import { startWorld } from './operator-world.ts';
import type { Cluster, World } from './operator-world.ts';
import { refusalCases } from './refusal-cases.ts';
import { steadinessCases } from './steadiness-cases.ts';
import type { SuiteVault } from './suite-vault.ts';
import { inWorld } from './tenants-in-world.ts';

/** The Tenant operator against any Kubernetes API: what holds on one must hold on the other. */
export const operatorSuite = (startCluster: (vault: SuiteVault) => Promise<Cluster>): void => {
  describe('the Tenant operator', () => {
    let running: World | undefined;
    const world = (): World => {
      if (!running) throw new Error('The world of the suite did not start');
      return running;
    };
    beforeAll(async () => {
      running = await startWorld(startCluster);
    }, 180_000);
    afterAll(async () => {
      await running?.close();
    }, 60_000);
    const t = inWorld(world);
    creationCases(world, t);
    refusalCases(world, t);
    credentialCases(world, t);
    deletionCases(world, t);
    steadinessCases(world, t);
    crashCases(world, t);
  });
};
