import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lookAtPdf } from '@legendops/catalog/media/check/pdf';
import { lookAtPicture } from '@legendops/catalog/media/check/picture';
import { lookAtSvg } from '@legendops/catalog/media/check/svg';
import { createStencilReader } from '@legendops/catalog/stencil/reader';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../media');
const samples = globSync('*/*', { cwd: folder }).toSorted();

const looks: Readonly<Record<string, (bytes: Buffer) => unknown>> = {
  svg: lookAtSvg,
  png: (bytes) => lookAtPicture(bytes, 'image/png'),
  pdf: lookAtPdf,
  vssx: (bytes) => createStencilReader().read(bytes),
};

it('there are some of each kind', () => {
  expect(new Set(samples.map((path) => path.split('.').at(-1)))).toEqual(new Set(Object.keys(looks)));
});

it.each(samples)('%s is what the catalog takes', async (path) => {
  const look = looks[path.split('.').at(-1) ?? ''];
  await expect(Promise.resolve(look?.(readFileSync(join(folder, path))))).resolves.toBeDefined();
});

it('the stencil holds three masters that are drawn from their geometry', async () => {
  const { masters } = await createStencilReader().read(readFileSync(join(folder, 'visio-stencils/rack.vssx')));
  expect(masters.map(({ master }) => [master.name, Math.round(master.widthMm)])).toEqual([
    ['Patch panel 24', 483],
    ['Access switch 16', 483],
    ['Blank panel', 483],
  ]);
  for (const { preview } of masters) expect(Buffer.from(preview).toString()).toContain('<path');
});
