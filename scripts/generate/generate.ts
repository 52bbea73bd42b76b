import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exampleDesignPath, exampleDesignPdf } from './example-design-pdf.ts';
import { generatedFiles } from './generated-files.ts';

/** `npm run generate`: writes every generated file. */
const root = join(import.meta.dirname, '../..');
for (const { path, text } of generatedFiles()) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  process.stdout.write(`${path}\n`);
}
writeFileSync(join(root, exampleDesignPath), await exampleDesignPdf());
process.stdout.write(`${exampleDesignPath}\n`);
