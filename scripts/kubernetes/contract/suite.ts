import { afterAll, beforeAll, describe } from 'vitest';
import { accessCases } from './access-cases.ts';
import { applyCases } from './apply-cases.ts';
import { builtInCases } from './built-in-cases.ts';
import type { Cluster } from '../testing/cluster.ts';
import { kubectlCommand } from '../testing/cluster.ts';
import { crudCases } from './crud-cases.ts';
import { customResourceCases } from './custom-resource-cases.ts';
import { definitionCases } from './definition-cases.ts';
import { kubectlCases } from './kubectl-cases.ts';
import { lifecycleCases } from './lifecycle-cases.ts';
import { nameCases } from './name-cases.ts';
import { installTenants } from './paths.ts';
import { policyCases } from './policy-cases.ts';
import { scheduleCases } from './schedule-cases.ts';
import { strangeNameCases } from './strange-name-cases.ts';
import { updateCases } from './update-cases.ts';
import { watchCases } from './watch-cases.ts';
import { workloadCases } from './workload-cases.ts';

/** What our server and the real one have in common. Whatever differs is a defect of ours. */
export const contractSuite = (start: () => Promise<Cluster>): void => {
  let cluster: Cluster | undefined;
  const current = (): Cluster => {
    if (!cluster) throw new Error('The cluster has not started');
    return cluster;
  };
  beforeAll(async () => {
    cluster = await start();
    await installTenants(cluster);
  });
  afterAll(() => cluster?.close());

  describe('objects', () => {
    crudCases(current);
    updateCases(current);
    strangeNameCases(current);
  });
  describe('custom resources', () => {
    customResourceCases(current);
    nameCases(current);
    definitionCases(current);
    policyCases(current);
  });
  describe('server-side apply', () => {
    applyCases(current);
  });
  describe('built-in kinds', () => {
    builtInCases(current);
    accessCases(current);
  });
  describe('lifecycles', () => {
    lifecycleCases(current);
  });
  describe('lists and watches', () => {
    watchCases(current);
  });
  describe('workloads and tokens', () => {
    workloadCases(current);
    scheduleCases(current);
  });
  describe.runIf(kubectlCommand())('kubectl, of LEGENDOPS_TOOLS or the PATH', () => {
    kubectlCases(current);
  });
};
