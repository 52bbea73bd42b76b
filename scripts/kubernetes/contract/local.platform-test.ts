import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { localCertificates } from '../../loopback/certificates.ts';
import { startKubernetes } from '../server.ts';
import { clusterFrom } from '../testing/cluster.ts';
import { contractSuite } from './suite.ts';

describe('the Kubernetes API of one machine', () => {
  contractSuite(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'legendops-contract-'));
    const tls = await localCertificates(join(directory, 'certificates'));
    const server = await startKubernetes({ tls, stateDirectory: join(directory, 'state') });
    const kubeconfigPath = join(directory, 'kubeconfig');
    writeFileSync(kubeconfigPath, server.kubeconfig, { mode: 0o600 });
    const cluster = clusterFrom({
      kubeconfigPath,
      kubeconfig: server.kubeconfig,
      compact: async () => {
        await cluster.request({ method: 'POST', path: '/_control/compact' });
      },
      close: async () => {
        await server.close();
        await rm(directory, { recursive: true, force: true });
      },
    });
    return cluster;
  });
});
