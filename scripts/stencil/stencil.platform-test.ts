import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aStencilFile } from '@legendops/catalog/stencil/testing/a-stencil';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legendops-stencil-'));
});
afterAll(() => rm(folder, { recursive: true }));

const stencil = async (file: Buffer | undefined, ...options: string[]) => {
  const path = join(folder, 'file.vssx');
  if (file) await writeFile(path, file);
  const parameters = [join(import.meta.dirname, 'stencil.ts'), file ? path : join(folder, 'none.vssx'), ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { encoding: 'utf8' });
  return { status, stdout, stderr };
};

describe('npm run stencil', () => {
  it('prints the masters as JSON and nothing else', async () => {
    const { status, stdout, stderr } = await stencil(aStencilFile({ masters: [{}, {}] }));
    expect([status, stderr]).toEqual([0, '']);
    const printed = JSON.parse(stdout) as { sha256: string; masters: object[] };
    expect(Object.keys(printed)).toEqual(['sha256', 'masters']);
    expect(printed.masters).toMatchObject([{ name: 'Master 0', widthMm: 50.8 }, { name: 'Master 1' }]);
  });

  it('writes the previews, named by the index of their masters', async () => {
    const directory = join(folder, 'previews/new');
    await stencil(aStencilFile({ masters: [{}, {}] }), '--svg', directory);
    expect((await readdir(directory)).toSorted()).toEqual(['0.svg', '1.svg']);
    expect(await readFile(join(directory, '1.svg'), 'utf8')).toContain('<title>Master 1</title>');
  });

  it('says why a file is refused, and exits with 2', async () => {
    const { status, stdout } = await stencil(Buffer.from('x'), '--svg', join(folder, 'refused'));
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      refused: { code: 'not-a-package', detail: expect.stringContaining('.vssx') },
    });
    expect(await readdir(folder)).not.toContain('refused');
  });

  it('says that macros were not read', async () => {
    const mainType = 'application/vnd.ms-visio.stencil.macroEnabled.main+xml';
    const { stdout } = await stencil(aStencilFile({ mainType }));
    expect(JSON.parse(stdout)).toMatchObject({ masters: [{}], notes: [{ code: 'macros-ignored' }] });
  });

  it('exits with 1, and prints no JSON, where there is no file', async () => {
    const { status, stdout, stderr } = await stencil(undefined);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('none.vssx');
  });
});
