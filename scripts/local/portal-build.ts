import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const sources = [
  'frontend/index.html',
  'frontend/*.ts',
  'frontend/package.json',
  'frontend/src/**/*.{ts,tsx,css}',
  'frontend/public/**/*.*',
  'services/*/src/contract.ts',
  'services/kit/src/contract/*.ts',
  'package-lock.json',
  'scripts/local/portal-build.ts',
];

const fingerprint = (root: string): string => {
  const hash = createHash('sha256');
  for (const path of globSync(sources, { cwd: root }).sort()) hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex');
};

const isBuilt = (folder: string, wanted: string): boolean => {
  const stamp = join(folder, '.fingerprint');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
};

// Whoever builds at the same time builds the same: the one that comes second is not needed.
const putInPlace = async (built: string, folder: string, wanted: string): Promise<void> => {
  if (isBuilt(folder, wanted)) return;
  await rm(folder, { recursive: true, force: true });
  try {
    await rename(built, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
};

const runVite = async (root: string, outDir: string, signal: AbortSignal | undefined): Promise<void> => {
  const parameters = ['build', 'frontend', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'];
  const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', ...parameters], {
    cwd: root,
    // Under a test runner it says `test`, and the portal would be built with React for development.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  if (code !== 0) throw new Error(`The portal could not be built:\n${output.trim().split('\n').slice(-15).join('\n')}`);
};

/** Builds the portal where its sources have changed since the last build. Returns the folder to serve. */
export const buildPortal = async (root: string, signal?: AbortSignal): Promise<string> => {
  const folder = join(root, 'frontend/dist');
  const wanted = fingerprint(root);
  if (isBuilt(folder, wanted)) return folder;
  const built = await mkdtemp(`${folder}-`);
  try {
    await runVite(root, built, signal);
    writeFileSync(join(built, '.fingerprint'), wanted);
    await putInPlace(built, folder, wanted);
  } finally {
    // Whatever ended it: what is not in its place is of no use.
    await rm(built, { recursive: true, force: true, maxRetries: 3 });
  }
  return folder;
};
