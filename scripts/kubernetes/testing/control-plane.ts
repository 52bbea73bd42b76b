import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The folder of the tools that a real control plane needs; undefined where there is none. */
export const toolsFolder: string | undefined = process.env.LEGENDOPS_TOOLS;

export interface RealCluster {
  /** Of its administrator. */
  kubeconfig: string;
  close(): Promise<void>;
}

/** A real kube-apiserver with its controller manager, of its own, on loopback. */
export const startRealCluster = async (): Promise<RealCluster> => {
  const kube = join(toolsFolder ?? '', 'kube/kube');
  const directory = await mkdtemp(join(tmpdir(), 'legendops-kube-'));
  await run(kube, ['up', '--dir', directory]);
  return {
    kubeconfig: await readFile(join(directory, 'kubeconfig'), 'utf8'),
    close: async () => {
      await run(kube, ['down', '--dir', directory]);
      await rm(directory, { recursive: true, force: true });
    },
  };
};
