import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clusterFrom, runCommand } from '../testing/cluster.ts';
import { contractSuite } from './suite.ts';

const tools = process.env.LEGENDOPS_TOOLS;

const kube = async (...args: string[]): Promise<void> => {
  const { code, stderr } = await runCommand([join(tools ?? '', 'kube', 'kube'), ...args]);
  if (code !== 0) throw new Error(`kube ${args.join(' ')}: ${stderr}`);
};

describe.runIf(tools)('the real Kubernetes API', () => {
  contractSuite(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'legendops-kube-'));
    await kube('up', '--dir', directory);
    const kubeconfigPath = join(directory, 'kubeconfig');
    return clusterFrom({
      kubeconfigPath,
      kubeconfig: readFileSync(kubeconfigPath, 'utf8'),
      compact: () => kube('compact', '--dir', directory),
      close: async () => {
        await kube('down', '--dir', directory);
        await rm(directory, { recursive: true, force: true });
      },
    });
  });
});

it.skipIf(!tools)('finds the real Kubernetes API, for which LEGENDOPS_TOOLS must be set', () => {
  expect(existsSync(join(tools ?? '', 'kube', 'kube'))).toBe(true);
});
