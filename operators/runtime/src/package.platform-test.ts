import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { trustedCertificates } from '../../../scripts/loopback/trust-for-test.ts';
import { startKubernetes, type LocalKubernetes } from '../../../scripts/kubernetes/server.ts';
import { kubeClient, type KubeClient } from './client/kube-client.ts';
import type { KubeObject, Resource } from './client/resource.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const packageName = '@legendops/operator-runtime';
const namespaces: Resource = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false };
const quotas: Resource<KubeObject & { spec?: unknown }> = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  namespaced: true,
};
const quota = { name: 'small', namespace: 'one' };

interface Manifest {
  private?: boolean;
  license: string;
  dependencies: Record<string, string>;
}

let folder: string;
let certificates: Awaited<ReturnType<typeof trustedCertificates>>;
let kubernetes: LocalKubernetes;
let kube: KubeClient;
const installed = (): string => join(folder, 'node_modules', packageName);
const manifest = async (): Promise<Manifest> =>
  JSON.parse(await readFile(join(installed(), 'package.json'), 'utf8')) as Manifest;

/** As npm would, without a network: the tarball unpacked, its dependencies beside it. */
const install = async (): Promise<void> => {
  const built = join(folder, 'built');
  await run(process.execPath, [join(root, 'operators/runtime/build-package.ts'), built]);
  await run('npm', ['pack', built, '--pack-destination', folder, '--offline', '--ignore-scripts']);
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '';
  await mkdir(installed(), { recursive: true });
  await run('tar', ['-xzf', join(folder, tarball), '-C', installed(), '--strip-components=1']);
  await rm(built, { recursive: true });
  for (const name of [...Object.keys((await manifest()).dependencies), '@types/node']) {
    const place = join(folder, 'node_modules', name);
    await mkdir(dirname(place), { recursive: true });
    await symlink(join(root, 'node_modules', name), place);
  }
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legendops-stranger-'));
  await install();
  certificates = await trustedCertificates();
  kubernetes = await startKubernetes({ tls: certificates });
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(kubernetes.kubeconfig);
  kube = await kubeClient(kubeConfig);
});
afterAll(async () => {
  await kube.close();
  await kubernetes.close();
  await certificates.remove();
  await rm(folder, { recursive: true, force: true });
});

test('what is packed is built, has types and a licence, and needs nothing of this repository', async () => {
  const files = (await readdir(installed(), { recursive: true })).filter((name) => /\.\w+$|LICENSE/.test(name));
  const kinds = new Set(files.map((name) => /(\.d\.ts|\.\w+)$/.exec(name)?.[1] ?? name));
  expect(kinds).toEqual(new Set(['.js', '.d.ts', '.json', '.md', 'LICENSE']));
  expect(files.filter((name) => /test|example/.test(name))).toEqual([]);
  const { license, dependencies, ...rest } = await manifest();
  expect([license, rest.private]).toEqual(['Apache-2.0', undefined]);
  for (const [name, version] of Object.entries(dependencies)) {
    expect(name).not.toContain('legendops');
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

test('every import of it loads from node_modules', async () => {
  const paths = (await readdir(installed(), { recursive: true }))
    .filter((name) => name.endsWith('.js'))
    .map((name) => `${packageName}/${name.slice(0, -3).replaceAll('\\', '/')}`);
  const loads = paths.map((path) => `await import(${JSON.stringify(path)});`).join('\n');
  await writeFile(join(folder, 'loads.mjs'), `${loads}\nprocess.stdout.write('loaded');`);
  const { stdout } = await run(process.execPath, ['loads.mjs'], { cwd: folder });
  expect(stdout).toBe('loaded');
  expect(paths.length).toBeGreaterThan(25);
});

test('the controller of the README has its types, runs, and ends in order', async () => {
  const [, program = ''] = /```ts\n([^]*?)```/.exec(await readFile(join(installed(), 'README.md'), 'utf8')) ?? [];
  await writeFile(join(folder, 'small-quotas.ts'), program);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(join(folder, 'kubeconfig'), kubernetes.kubeconfig);
  const options = ['--noEmit', '--strict', '--target', 'es2024', '--module', 'nodenext', '--types', 'node'];
  const compiler = [join(root, 'node_modules/typescript/bin/tsc'), ...options, 'small-quotas.ts'];
  const found = await run(process.execPath, compiler, { cwd: folder }).catch((error: { stdout: string }) => error);
  // Of a dependency of the Kubernetes client: it states no types for what it re-exports.
  const errors = found.stdout.split('\n').filter((line) => / error TS/.test(line) && !line.includes('isomorphic-ws'));
  expect(errors).toEqual([]);

  const env = { PATH: process.env.PATH, KUBECONFIG: join(folder, 'kubeconfig'), PORT: '0' };
  const child = spawn(process.execPath, ['small-quotas.ts'], { cwd: folder, env });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'exit');
  await kube.create(namespaces, { metadata: { name: 'one', labels: { 'example.io/size': 'small' } } });
  await kube.create(namespaces, { metadata: { name: 'two' } });
  const created = await vi.waitUntil(() => kube.read(quotas, quota), { timeout: 20_000 });
  expect(created.spec).toEqual({ hard: { pods: '10' } });
  await kube.remove(quotas, quota, { uid: created.metadata.uid ?? '' });
  const again = await vi.waitUntil(() => kube.read(quotas, quota), { timeout: 20_000 });
  expect(again.metadata.uid).not.toBe(created.metadata.uid);
  expect(await kube.read(quotas, { name: 'small', namespace: 'two' })).toBeUndefined();
  child.kill('SIGTERM');
  expect([await ended, said]).toEqual([[0, null], '']);
});
