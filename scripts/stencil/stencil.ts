import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stencilLimits } from '@legendops/catalog/stencil/limits';
import { createStencilReader } from '@legendops/catalog/stencil/reader';
import { StencilRefusal } from '@legendops/catalog/stencil/refusal';

const usage = `npm run --silent stencil -- FILE.vssx [--svg DIRECTORY]
  Prints the masters of a Visio stencil, drawing or template as JSON.
    --svg DIRECTORY   writes their previews there: 0.svg, 1.svg … in the order of the masters
  A file that is refused gives {"refused": {"code", "detail"}} and exit status 2.
`;

/** No more than is read anyway, whatever the file's size. */
const readUpTo = async (path: string, most: number): Promise<Uint8Array> => {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > most)
      throw new StencilRefusal(
        'file-too-large',
        `The file has ${size} bytes; at most ${most} are read. Split the stencil.`,
      );
    return await file.readFile();
  } finally {
    await file.close();
  }
};

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);

const run = async (path: string, directory: string | undefined): Promise<void> => {
  const reader = createStencilReader();
  try {
    const { sha256, hasMacros, masters } = await reader.read(await readUpTo(path, stencilLimits.fileBytes));
    if (directory !== undefined) {
      await mkdir(directory, { recursive: true });
      for (const [index, { preview }] of masters.entries()) await writeFile(join(directory, `${index}.svg`), preview);
    }
    const notes = hasMacros
      ? {
          notes: [
            { code: 'macros-ignored', detail: 'The file may bring macros. They were not read and are never run.' },
          ],
        }
      : {};
    print({ sha256, masters: masters.map(({ master }) => master), ...notes });
  } catch (error) {
    if (!(error instanceof StencilRefusal)) throw error;
    print({ refused: { code: error.code, detail: error.detail } });
    process.exitCode = 2;
  } finally {
    await reader.close();
  }
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', default: false }, svg: { type: 'string' } },
});
const [path, ...others] = positionals;
if (values.help) process.stdout.write(usage);
else if (path === undefined || others.length > 0) {
  process.stderr.write(usage);
  process.exitCode = 1;
} else
  await run(path, values.svg).catch((error: NodeJS.ErrnoException) => {
    process.stderr.write(`${path} cannot be read: ${error.message}\n`);
    process.exitCode = 1;
  });
