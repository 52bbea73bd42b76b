import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readHere } from './testing/read-here.ts';
import { hasRealStencils, readRealStencil, realStencilPath, realStencils } from './testing/real-stencils.ts';

const libvisio = spawnSync('vss2xhtml', ['--help']).error === undefined;
const needs = hasRealStencils && libvisio ? '' : ' (needs libvisio-tools, and the folder visio in LEGENDOPS_DATA)';

interface Drawing {
  /** In inches, of the picture as a whole. */
  width: number;
  height: number;
  isEmpty: boolean;
}

const tagOf = (svg: string): string => /<(?:svg:)?svg [^>]*>/.exec(svg)?.[0] ?? '';
const inchesOf = (tag: string, name: 'width' | 'height'): number => {
  const [, figure, unit] = new RegExp(`\\s${name}="([\\d.]+)(in|mm)"`).exec(tag) ?? [];
  return Number(figure) / (unit === 'mm' ? 25.4 : 1);
};
const drawingOf = (svg: string): Drawing => ({
  width: inchesOf(tagOf(svg), 'width'),
  height: inchesOf(tagOf(svg), 'height'),
  isEmpty: !/<(?:svg:)?(path|text|image|ellipse|rect|polygon|polyline)\b/.test(svg),
});

/** The pictures that libvisio makes of a stencil, one a master, in its order. */
const drawingsOfLibvisio = (path: string): Drawing[] =>
  spawnSync('vss2xhtml', [path], { encoding: 'utf8', maxBuffer: 1e9 })
    .stdout.split(/(?=<svg:svg )/)
    .slice(1)
    .map(drawingOf);

describe.skipIf(!hasRealStencils || !libvisio)(`previews beside those of vss2xhtml${needs}`, () => {
  it.each(realStencils)('$file: as many masters, in the same order, of the same sizes', async ({ file, masters }) => {
    const theirs = drawingsOfLibvisio(realStencilPath(file));
    const read = await readHere(readRealStencil(file));
    expect([theirs.length, read.masters.length, read.previews.length]).toEqual([masters, masters, masters]);
    // What they give a picture is the master's page.
    const sizes = read.masters.map(({ widthMm, heightMm }) => [widthMm / 25.4, heightMm / 25.4]);
    for (const [index, { width, height }] of theirs.entries()) {
      expect([index, sizes[index]?.[0]]).toEqual([index, expect.closeTo(width, 3)]);
      expect([index, sizes[index]?.[1]]).toEqual([index, expect.closeTo(height, 3)]);
    }
    // What they draw something of, we do as well.
    const empty = read.previews.map((svg) => drawingOf(svg).isEmpty);
    expect(theirs.flatMap(({ isEmpty }, index) => (!isEmpty && empty[index] === true ? [index] : []))).toEqual([]);
  });
});
