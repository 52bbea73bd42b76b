import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';

// Modules beside the programs, which no command runs.
const modules = new Set(['command.ts', 'environment-group.ts', 'report.ts']);
const programs = globSync('*.ts', { cwd: import.meta.dirname })
  .filter((name) => !modules.has(name) && !name.endsWith('-test.ts'))
  .toSorted();
const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** On a machine that is signed in to nothing. */
const run = (program: string, ...parameters: string[]) => {
  const { PATH, TMPDIR } = process.env;
  const env = { PATH, TMPDIR, HOME: '/nowhere', KUBECONFIG: '/nowhere/kubeconfig' };
  return spawnSync(process.execPath, [join(import.meta.dirname, program), ...parameters], { env, encoding: 'utf8' });
};

it('every command of operations is a program here, and every program a command', () => {
  const commands = Object.keys(scripts).filter((name) => name.startsWith('ops:'));
  expect(commands.toSorted()).toEqual(programs.map((program) => `ops:${basename(program, '.ts')}`).toSorted());
});

it.each(programs)('%s says what it does without being signed in, and refuses what it does not know', (program) => {
  const help = run(program, '--help');
  expect([help.status, help.stderr]).toEqual([0, '']);
  expect(help.stdout).toMatch(new RegExp(`^npm run ops:${basename(program, '.ts')} -- `));
  expect(help.stdout).toContain('--help');
  const wrong = run(program, '--fast');
  expect([wrong.status, wrong.stdout]).toEqual([2, expect.stringContaining('--fast')]);
});
