import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
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

/** Builds the portal where its sources have changed since the last build. Returns the folder to serve. */
export const buildPortal = async (root: string, signal?: AbortSignal): Promise<string> => {
  const folder = join(root, 'frontend/dist');
  const stamp = join(folder, '.fingerprint');
  const wanted = fingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;
  const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'frontend', '--logLevel', 'warn'], {
    cwd: root,
    // Under a test runner it says `test`, and the portal would be built with React for development.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', reject);
  });
  if (code !== 0) throw new Error(`The portal could not be built:\n${output.trim().split('\n').slice(-15).join('\n')}`);
  writeFileSync(stamp, wanted);
  return folder;
};
