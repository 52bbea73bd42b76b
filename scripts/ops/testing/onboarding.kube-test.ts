import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rightVariables } from './an-environment-file.ts';

const check = join(import.meta.dirname, '../../../infra/check/check.ts');
const run = (changes: Record<string, string> = {}) => {
  const { status, stderr } = spawnSync(process.execPath, [check, 'dev'], {
    encoding: 'utf8',
    env: { ...process.env, ...rightVariables, ...changes },
  });
  return { status, stderr };
};

describe.skipIf(process.env.LEGENDOPS_TOOLS === undefined)(
  'npm run infra:check -- dev (needs LEGENDOPS_TOOLS)',
  { timeout: 300_000 },
  () => {
    it('finds nothing with the variables of a file that bootstrap takes', () => {
      expect(run()).toEqual({ status: 0, stderr: '' });
    });

    it('names the one that only holds a place', () => {
      const { status, stderr } = run({ LEGENDOPS_DOMAIN: 'legendops.example' });
      expect([status, stderr]).toEqual([1, expect.stringContaining('legendops.example')]);
    });
  },
);
