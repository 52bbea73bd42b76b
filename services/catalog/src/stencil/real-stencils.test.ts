import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compareStencils } from './compare-stencils.ts';
import { inertFindings } from './testing/inert-svg.ts';
import { readHere } from './testing/read-here.ts';
import { hasRealStencils, readRealStencil, realStencilPath, realStencils } from './testing/real-stencils.ts';

const libvisio = spawnSync('vss2raw', ['--help']).error === undefined;
const needs = hasRealStencils ? '' : ' (needs the folder visio in LEGENDOPS_DATA)';

const textOf = (html: string): string =>
  html
    .replaceAll('&apos;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** Name and size in inches of each page that libvisio makes of a master, in its order. */
const pagesOfLibvisio = (path: string): { name: string; width: number; height: number }[] =>
  spawnSync('vss2raw', [path], { encoding: 'utf8', maxBuffer: 1e9 })
    .stdout.split('\n')
    .filter((line) => line.includes('startPage'))
    .map((line) => {
      const value = (key: string): string => new RegExp(`${key}: ([^,)]*)`).exec(line)?.[1] ?? '';
      return {
        name: textOf(/draw:name: (.*?)(?:, [a-z-]+:[a-z-]+: |\)\s*$)/.exec(line)?.[1] ?? ''),
        width: Number.parseFloat(value('svg:width')),
        height: Number.parseFloat(value('svg:height')),
      };
    });

describe.skipIf(!hasRealStencils)(`five real stencils${needs}`, { timeout: 60_000 }, () => {
  it.each(realStencils)('reads $file: $masters masters', async ({ file, ...expected }) => {
    const bytes = readRealStencil(file);
    const { masters, sha256, hasMacros, icons } = await readHere(bytes);
    expect({
      masters: masters.length,
      patterns: masters.filter(({ isPattern }) => isPattern).length,
      hidden: masters.filter(({ isHidden }) => isHidden).length,
      points: masters.flatMap(({ connectionPoints }) => connectionPoints).length,
      properties: masters.flatMap(({ properties }) => properties).length,
      renamed: masters.filter(({ name, nameU }) => name !== nameU).length,
    }).toEqual(expected);
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(hasMacros).toBe(false);
    expect(new Set(masters.map(({ uniqueId }) => uniqueId)).size).toBe(masters.length);
    expect(icons.every((icon) => icon !== undefined)).toBe(true);
    expect(compareStencils(masters, masters)).toEqual({ added: [], removed: [], changed: [], same: masters.length });
  });

  it.each(realStencils)('draws $file inert, with something to see in each picture', async ({ file }) => {
    const { previews } = await readHere(readRealStencil(file));
    expect(previews.flatMap(inertFindings)).toEqual([]);
    expect(previews.filter((svg) => !/<(path|text|image) /.test(svg))).toEqual([]);
    expect(previews.filter((svg) => svg.includes('stroke-dasharray="2 2"'))).toEqual([]);
  });

  it.skipIf(!libvisio).each(realStencils)(
    'finds in $file the masters of libvisio, in order and of size',
    async ({ file }) => {
      const { masters } = await readHere(readRealStencil(file));
      const pages = pagesOfLibvisio(realStencilPath(file));
      expect(masters.map(({ name }) => name)).toEqual(pages.map(({ name }) => name));
      for (const [index, { widthMm, heightMm }] of masters.entries()) {
        expect(widthMm / 25.4).toBeCloseTo(pages[index]?.width ?? Number.NaN, 3);
        expect(heightMm / 25.4).toBeCloseTo(pages[index]?.height ?? Number.NaN, 3);
      }
    },
  );
});
