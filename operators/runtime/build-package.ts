import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

// Node does not run TypeScript below node_modules: what is published is built. `npm run build`, then `npm publish dist`.
const here = import.meta.dirname;
const root = join(here, '../..');
const out = resolve(process.argv[2] ?? join(here, 'dist'));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const tsconfig = join(out, 'tsconfig.json');
writeFileSync(
  tsconfig,
  JSON.stringify({
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      allowImportingTsExtensions: false,
      rewriteRelativeImportExtensions: true,
      rootDir: join(here, 'src'),
      outDir: out,
      typeRoots: [join(root, 'node_modules/@types')],
    },
    include: [join(here, 'src')],
    exclude: [join(here, 'src/**/*-test.ts'), join(here, 'src/**/*.test.ts'), join(here, 'src/**/testing/**')],
  }),
);
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', tsconfig], { stdio: 'inherit' });
rmSync(tsconfig);

// The compiler writes `.js` into the code alone.
for (const path of globSync(join(out, '**/*.d.ts')))
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/(['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));

const { name, version, description, license, type, engines, dependencies } = JSON.parse(
  readFileSync(join(here, 'package.json'), 'utf8'),
) as Record<string, unknown>;
const published = {
  name,
  version,
  description,
  license,
  type,
  engines,
  sideEffects: false,
  exports: { './*': { types: './*.d.ts', default: './*.js' } },
  files: ['**/*.js', '**/*.d.ts'],
  dependencies,
};
writeFileSync(join(out, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
cpSync(join(here, 'README.md'), join(out, 'README.md'));
cpSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
