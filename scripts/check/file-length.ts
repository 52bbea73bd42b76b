import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const limit = 300;
// Read as a whole, made by a program, or SQL that is read from top to bottom.
const exempt =
  /(^|\/)(generated|dist|node_modules|legendops-crds\/templates|legendops-observability\/files)\/|package-lock\.json$|(^|\/)(schema|app|0001_[a-z]+)\.sql$/;
const counted = /\.(ts|tsx|mjs|cjs|js|css|sql|sh|yaml|yml)$/;

/** Files longer than 300 lines hold two ideas. */
export const fileLengthFindings = (root: string): string[] => {
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.stdout
    .split('\n')
    .filter((path) => counted.test(path) && !exempt.test(path))
    .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > limit)
    .map(({ path, lines }) => `${path} has ${lines} lines, ${limit} is the limit`);
};
