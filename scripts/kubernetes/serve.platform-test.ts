import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { clusterFrom } from './testing/cluster.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubernetes-by-itself-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const serve = (...parameters: string[]) => {
  const kubeconfig = join(directory, 'kubeconfig');
  const script = join(import.meta.dirname, 'serve.ts');
  const child = spawn(process.execPath, [script, '--kubeconfig', kubeconfig, ...parameters], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said.text += String(chunk)));
  return { child, kubeconfig, said, ended: new Promise<number | null>((resolve) => child.once('close', resolve)) };
};

const aMap = { metadata: { name: 'kept' }, data: { a: '1' } };
const path = '/api/v1/namespaces/default/configmaps';

it('is a cluster of its own until it is ended, which keeps what it is told to keep', async () => {
  const state = ['--state', join(directory, 'state')];
  const kept = async (): Promise<number> => {
    const { child, kubeconfig, said, ended } = serve(...state);
    await vi.waitFor(() => expect(said.text).toContain(`KUBECONFIG=${kubeconfig}`), 30_000);
    const access = { kubeconfigPath: kubeconfig, kubeconfig: await readFile(kubeconfig, 'utf8') };
    const cluster = clusterFrom({ ...access, compact: async () => undefined, close: async () => undefined });
    await vi.waitFor(async () => expect((await cluster.request({ path })).status).toBe(200), 10_000);
    const { status } = await cluster.request({ method: 'POST', path, body: aMap });
    await cluster.close();
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    return status;
  };
  expect([await kept(), await kept()]).toEqual([201, 409]);
});

it('says what is wrong with a parameter', async () => {
  const { said, ended, kubeconfig } = serve('--port', 'x');
  expect(await ended).toBe(1);
  expect(said.text).toContain('--port x: give a number');
  expect(existsSync(kubeconfig)).toBe(false);
});
