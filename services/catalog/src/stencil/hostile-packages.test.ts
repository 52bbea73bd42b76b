import { describe, expect, it } from 'vitest';
import { aStencil, aStencilFile } from './testing/a-stencil.ts';
import { hostilePackages, noise } from './testing/hostile-packages.ts';
import { readHere, refusalOf } from './testing/read-here.ts';
import { writeZip } from './testing/zip-writer.ts';

describe(`${hostilePackages.length} hostile packages, each refused with its code`, () => {
  it('reads the package that they are made of', async () => {
    expect(await readHere(aStencilFile())).toMatchObject({ masters: [{ name: 'Master 0' }], hasMacros: false });
  });

  it.each(hostilePackages)('%s', async (_what, file, code, limits = {}) => {
    expect(await refusalOf(file(), limits)).toBe(code);
  });

  it.each(hostilePackages)(
    '%s: tells what is wrong in one line, without what a terminal would obey',
    async (_what, file, _code, limits) => {
      const detail = await readHere(file(), limits).then(String, ({ detail: text }) => text as string);
      expect(detail).toMatch(/^[\x20-\x7e]{20,400}$/);
    },
  );
});

describe('what is no stencil by name', () => {
  it.each(['drawing.main+xml', 'template.main+xml'])('reads the document stencil of a %s', async (type) => {
    const { masters: read, hasMacros } = await readHere(aStencilFile({ mainType: `application/vnd.ms-visio.${type}` }));
    expect([read.length, hasMacros]).toEqual([1, false]);
  });

  it('reads a macro-enabled package without its macros, and says so', async () => {
    const type = 'application/vnd.ms-visio.stencil.macroEnabled.main+xml';
    const file = writeZip([...aStencil({ mainType: type }), { name: 'visio/vbaProject.bin', data: noise(100) }]);
    expect(await readHere(file)).toMatchObject({ hasMacros: true, masters: [{}] });
  });
});
