import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { localCertificates } from '../loopback/certificates.ts';
import { startKubernetes } from '../kubernetes/server.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'legendops-start-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** `npm start` with its state elsewhere, as a process; what it says, and how it ends. */
const start = (environment: Record<string, string> = {}, parameters = ['--no-seed']) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts'), '--state', directory, ...parameters], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said.text += String(chunk)));
  return { child, said, ended: new Promise<number | null>((resolve) => child.once('close', resolve)) };
};
const pidFile = () => join(directory, 'pid');

describe('a start', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'that is interrupted by %s ends at once and leaves nothing',
    async (signal) => {
      const { child, said, ended } = start();
      await vi.waitFor(() => expect(existsSync(join(directory, 'postgres/data/postmaster.pid'))).toBe(true), 90_000);
      child.kill(signal);
      expect(await ended).toBe(0);
      expect(said.text).toContain('Stopping');
      expect(said.text).not.toContain('✓ services');
      expect(existsSync(pidFile())).toBe(false);
      expect(existsSync(join(directory, 'postgres/data/postmaster.pid'))).toBe(false);
    },
  );

  it('with a cluster of its own is ready without example data, whose Jobs that cluster cannot run', async () => {
    const certificates = await localCertificates(join(directory, 'cluster-certificates'));
    const cluster = await startKubernetes({
      tls: certificates,
      stateDirectory: join(directory, 'cluster'),
      images: {},
    });
    const kubeconfig = join(directory, 'cluster-kubeconfig');
    await writeFile(kubeconfig, cluster.kubeconfig);
    const { child, said, ended } = start({ LEGENDOPS_KUBECONFIG: kubeconfig }, []);
    await vi.waitFor(() => expect(said.text).toContain('Ready after'), 110_000);
    expect(said.text).toContain('No example providers');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    await cluster.close();
  });

  it('that fails says why, and the next one may try', async () => {
    const { said, ended } = start({ LEGENDOPS_KUBECONFIG: join(directory, 'nowhere') });
    expect(await ended).toBe(1);
    expect(said.text).toContain('nowhere');
    expect(existsSync(pidFile())).toBe(false);
    expect(existsSync(join(directory, 'postgres/data/postmaster.pid'))).toBe(false);
  });
});
