import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const asked = (...parameters: string[]) => {
  const done = spawnSync(process.execPath, [join(import.meta.dirname, 'check.ts'), ...parameters], {
    encoding: 'utf8',
    env: { ...process.env, LEGENDOPS_TOOLS: '/nowhere' },
  });
  return { status: done.status, stdout: done.stdout, stderr: done.stderr };
};

describe('npm run infra:check', () => {
  it('refuses an environment that does not exist by name, before anything is compiled', () => {
    expect(asked('dev', 'qa')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'There is no environment qa: dev, staging, prod are there\n',
    });
  });

  it('says where the compiler was looked for', () => {
    const { status, stderr } = asked('dev');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'The Bicep compiler /nowhere/bicep did not run (ENOENT): install it, or set LEGENDOPS_TOOLS\n',
    });
  });

  it('says how it is used', () => {
    expect(asked()).toMatchObject({ status: 2 });
    expect(asked('--help')).toMatchObject({ status: 0, stderr: '' });
    expect(asked('--quickly', 'dev').stderr).toContain('--quickly');
  });
});
