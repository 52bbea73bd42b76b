import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

/** A checkout where everything is installed, whose Node only writes down what it is asked to do. */
let root: string;
const written = async (name: string): Promise<string> => readFile(join(root, name), 'utf8').catch(() => '');
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'legendops-bootstrap-'));
  await mkdir(join(root, 'scripts'));
  await mkdir(join(root, 'node_modules/node/bin'), { recursive: true });
  await copyFile(join(import.meta.dirname, 'bootstrap.mjs'), join(root, 'scripts/bootstrap.mjs'));
  await writeFile(join(root, 'package-lock.json'), '{}');
  await writeFile(
    join(root, 'node_modules/.legendops-lockfile'),
    `${createHash('sha256').update('{}').digest('hex')} with tools`,
  );
  const node = join(root, 'node_modules/node/bin/node');
  await writeFile(
    node,
    `#!/bin/sh
echo "$@" > asked
echo "$NODE_COMPILE_CACHE" > cache
trap 'echo INT >> signals' INT
trap 'exit 3' TERM
while [ -n "$WAIT" ]; do sleep 0.05; done
`,
  );
  await chmod(node, 0o755);
});
afterAll(() => rm(root, { recursive: true }));

const run = (parameters: string[], environment: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [join(root, 'scripts/bootstrap.mjs'), ...parameters], {
    env: { ...process.env, ...environment },
    stdio: 'ignore',
  });
  return { child, ended: new Promise<number | null>((resolve) => child.once('exit', resolve)) };
};

it.each([
  [['test'], '--project unit --project db --project platform'],
  [['test', 'a.test.ts'], 'a.test.ts --project unit --project db --project platform'],
  [['test', '--project', 'db'], '--project db'],
  [['test', '--project=db'], '--project=db'],
])('asks for the usual projects where %j names none', async (parameters, expected) => {
  expect(await run(parameters).ended).toBe(0);
  expect((await written('asked')).trim()).toBe(`node_modules/vitest/vitest.mjs run ${expected}`);
});

describe('installing', () => {
  const environment = () => ({ NODE_ENV: 'production', PATH: `${root}:${process.env.PATH}` });
  /** What a command asked npm for. */
  const installedBy = async (command: string): Promise<string> => {
    await rm(join(root, 'installed'), { force: true });
    expect(await run([command], environment()).ended).toBe(0);
    return written('installed');
  };
  beforeAll(async () => {
    const npm = join(root, 'npm');
    await writeFile(npm, '#!/bin/sh\necho "$@" > installed\necho added 7 packages\n');
    await chmod(npm, 0o755);
  });
  beforeEach(() => rm(join(root, 'node_modules/.legendops-lockfile')));

  it('leaves out of a start what only tests and checks need, and adds it for these, beside what is there', async () => {
    expect(await installedBy('start')).toMatch(/^ci --omit=dev /);
    expect(await installedBy('start')).toBe('');
    expect(await installedBy('check')).toMatch(/^install --no-save --include=dev /);
    expect(await installedBy('test')).toBe('');
    expect(await installedBy('start')).toBe('');
  });

  it('tells of it on the error stream alone: the output may be read by a program', async () => {
    const child = spawn(process.execPath, [join(root, 'scripts/bootstrap.mjs'), 'calc'], {
      env: { ...process.env, ...environment() },
    });
    const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(out).toBe('');
    expect(errors).toMatch(/Installing packages[^]*added 7 packages/);
  });

  it('brings all at once where a test comes first, whatever the environment says', async () => {
    expect(await installedBy('test')).toMatch(/^ci --include=dev /);
    expect(await installedBy('start')).toBe('');
  });
});

it('keeps compiled modules beside the packages, or where it is told', async () => {
  await run(['check'], { NODE_COMPILE_CACHE: '' }).ended;
  expect((await written('cache')).trim()).toBe(join(root, 'node_modules/.cache/node'));
  await run(['check'], { NODE_COMPILE_CACHE: '/elsewhere' }).ended;
  expect((await written('cache')).trim()).toBe('/elsewhere');
});

it('hands a signal on that came to it alone, once, and ends as its program does', async () => {
  const { child, ended } = run(['start'], { WAIT: 'yes' });
  await vi.waitFor(async () => expect(await written('asked')).toContain('start.ts'));
  child.kill('SIGINT');
  await vi.waitFor(async () => expect(await written('signals')).toBe('INT\n'));
  child.kill('SIGTERM');
  expect(await ended).toBe(3);
});
