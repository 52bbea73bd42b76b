import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { preparePlatform } from '../loopback/cluster.ts';
import { externalCluster, type RunningCluster } from './external-cluster.ts';
import { startRealCluster, toolsFolder } from '../kubernetes/testing/control-plane.ts';

describe.skipIf(toolsFolder === undefined)('a cluster that is there already', () => {
  let cluster: RunningCluster;
  let end: () => Promise<void>;
  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'external-cluster-'));
    const real = await startRealCluster();
    await writeFile(join(directory, 'kubeconfig'), real.kubeconfig);
    cluster = await externalCluster(join(directory, 'kubeconfig'));
    end = async () => {
      await cluster.client.close();
      await cluster.close();
      await real.close();
      await rm(directory, { recursive: true, force: true });
    };
  });
  afterAll(() => end());

  test('gives services tokens that verify against the keys which it serves on', async () => {
    await preparePlatform(cluster.client);
    const token = await cluster.issueToken({
      namespace: 'legendops',
      serviceAccount: 'portal',
      audience: 'legendops-billing',
      expirationSeconds: 600,
    });
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(cluster.keysUrl)), {
      issuer: cluster.issuer,
      audience: 'legendops-billing',
    });
    expect(payload.sub).toBe('system:serviceaccount:legendops:portal');
  });
});
