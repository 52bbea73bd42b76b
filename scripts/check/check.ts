import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartFindings } from './chart-lint.ts';
import { generatedFiles } from '../generate/generated-files.ts';
import { fileLengthFindings } from './file-length.ts';
import { portalSizeFindings } from '../local/portal-size.ts';

/** `npm run check`: every static gate, all of them even when one fails, one line each. */
const root = join(import.meta.dirname, '../..');
const bin = (name: string) => join(root, 'node_modules/.bin', name);

const gates: [name: string, command: string, parameters: string[]][] = [
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['lint', bin('oxlint'), ['--type-aware', '--quiet']],
  ['format', bin('oxfmt'), ['--check', 'services', 'operators', 'scripts', 'frontend', 'infra', 'vitest.config.ts']],
  [
    'layers',
    bin('depcruise'),
    [
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
      'services',
      'operators',
      'scripts',
      'frontend/src',
      'frontend/server',
      'infra',
    ],
  ],
  ['unused code', bin('knip'), ['--no-config-hints']],
];

const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
};

let failed = 0;
const report = (name: string, ok: boolean, output: string): void => {
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name}\n`);
  if (ok) return;
  failed += 1;
  process.stdout.write(
    `${output
      .trim()
      .split('\n')
      .map((line) => `       ${line}`)
      .join('\n')}\n`,
  );
};

for (const [name, command, parameters] of gates) {
  const done = spawnSync(command, parameters, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  report(name, done.status === 0, `${done.stdout}${done.stderr}`);
}
const own: [name: string, findings: string[] | undefined][] = [
  ['file length', fileLengthFindings(root)],
  [
    'generated files',
    generatedFiles()
      .filter(({ path, text }) => textOf(path) !== text)
      .map(({ path }) => `${path} is not what its source says: npm run generate`),
  ],
  ['portal size', await portalSizeFindings(root)],
  ['charts', chartFindings(root)],
];
let skipped = 0;
for (const [name, findings] of own)
  if (findings !== undefined) report(name, findings.length === 0, findings.join('\n'));
  else {
    skipped += 1;
    process.stdout.write(`skipped ${name}: neither LEGENDOPS_TOOLS nor helm is there\n`);
  }

const passed = gates.length + own.length - failed - skipped;
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed === 0 ? 0 : 1;
