import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { onlyOneHere } from './running-here.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'legendops-here-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Another process that has the folder, until it is killed. */
const another = async () => {
  const module = JSON.stringify(join(import.meta.dirname, 'running-here.ts'));
  const script = `const { onlyOneHere } = await import(${module});
    await onlyOneHere(${JSON.stringify(directory)}); console.log('here'); setInterval(() => undefined, 1_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return child;
};

it('refuses a folder where a platform runs, and says which file and process have it', async () => {
  const child = await another();
  const refused = onlyOneHere(directory);
  await expect(refused).rejects.toThrow(`process ${child.pid}, which holds ${join(directory, 'lock')}`);
  await expect(refused).rejects.toThrow('--state');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await onlyOneHere(directory)).free();
});

it('takes a folder whose platform was killed, also when a process has its number now', async () => {
  await writeFile(join(directory, 'pid'), String(process.ppid));
  const here = await onlyOneHere(directory);
  await expect(onlyOneHere(directory)).rejects.toThrow(`process ${process.pid}`);
  await here.free();
  await (await onlyOneHere(directory)).free();
});

it('empties the folder without letting another one in', async () => {
  await writeFile(join(directory, 'kubeconfig'), '');
  const here = await onlyOneHere(directory);
  await here.clear();
  expect((await readdir(directory)).sort()).toEqual(['lock', 'pid']);
  await expect(onlyOneHere(directory)).rejects.toThrow('running here already');
  await here.free();
});
