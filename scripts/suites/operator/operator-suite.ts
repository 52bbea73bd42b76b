import { afterAll, beforeAll, describe } from 'vitest';
import { admissionCases } from './admission-cases.ts';
import { attentionCases } from './attention-cases.ts';
import { refusedWriteCases } from './refused-write-cases.ts';
import { churnCases } from './churn-cases.ts';
import { clockCases } from './clock-cases.ts';
import { copyCases } from './copy-cases.ts';
import { creationCases } from './creation-cases.ts';
import { credentialCases } from './credential-cases.ts';
import { deletionCases } from './deletion-cases.ts';
import { startWorld } from './operator-world.ts';
import type { Cluster, World } from './operator-world.ts';
import { driftCases } from './drift-cases.ts';
import { eventCases } from './event-cases.ts';
import { identityCases } from './identity-cases.ts';
import { independenceCases } from './independence-cases.ts';
import { lostClusterCases } from './lost-cluster-cases.ts';
import { mishapCases } from './mishap-cases.ts';
import { outageCases } from './outage-cases.ts';
import { protectionCases } from './protection-cases.ts';
import { recoveryCases } from './recovery-cases.ts';
import { refusalCases } from './refusal-cases.ts';
import { steadinessCases } from './steadiness-cases.ts';
import { stuckDeletionCases } from './stuck-deletion-cases.ts';
import type { SuiteVault } from '../../doubles/suite-vault.ts';
import { toolCases } from './tool-cases.ts';
import { upgradeCases } from './upgrade-cases.ts';
import { inWorld } from './tenants-in-world.ts';
import type { InWorld } from './tenants-in-world.ts';

export type Cases = (world: () => World, t: InWorld) => void;

/** What becomes of a tenant, from the first to the last day. */
export const lifeCases: readonly Cases[] = [
  creationCases,
  refusalCases,
  credentialCases,
  deletionCases,
  eventCases,
  stuckDeletionCases,
];

/** What stays as it should be, whatever comes. */
export const steadyCases: readonly Cases[] = [
  steadinessCases,
  driftCases,
  admissionCases,
  mishapCases,
  copyCases,
  upgradeCases,
  clockCases,
];

/** What happens while something is not there, and what is left after it. */
export const outageAndChurnCases: readonly Cases[] = [outageCases, independenceCases, churnCases];

/** Who a tenant is and comes back as, who stands in the way, and what must be known of it. */
export const troubleCases: readonly Cases[] = [
  refusedWriteCases,
  recoveryCases,
  attentionCases,
  toolCases,
  protectionCases,
  identityCases,
  lostClusterCases,
];

/** The Tenant operator against any Kubernetes API: what holds on one must hold on the other. */
export const operatorSuite = (
  startCluster: (vault: SuiteVault) => Promise<Cluster>,
  cases: readonly Cases[] = [...lifeCases, ...steadyCases, ...outageAndChurnCases, ...troubleCases],
): void => {
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
    for (const each of cases) each(world, t);
  });
};
