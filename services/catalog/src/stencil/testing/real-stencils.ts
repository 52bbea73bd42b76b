import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Real stencils lie outside of the repository: they are others' art. Tests of them are skipped where they are not. */
const folderOf = (): string | undefined => {
  const { LEGENDOPS_DATA: data, LEGENDOPS_TOOLS: tools } = process.env;
  const folders = [data, tools && join(tools, '../data')].filter((one) => one !== undefined && one !== '');
  return folders.map((one) => join(one ?? '', 'visio')).find((folder) => existsSync(folder));
};

const folder = folderOf();

/** Counted with a plain XML parser. */
export const realStencils = [
  {
    file: 'mis-integration-patterns-stencils',
    masters: 12,
    patterns: 0,
    hidden: 0,
    points: 131,
    properties: 0,
    renamed: 0,
  },
  { file: 'organizational-stencils', masters: 39, patterns: 0, hidden: 4, points: 102, properties: 13, renamed: 17 },
  { file: 'mis-api-connectors', masters: 29, patterns: 12, hidden: 0, points: 74, properties: 0, renamed: 15 },
  {
    file: 'mis-servers-hexagonal-stencils',
    masters: 22,
    patterns: 0,
    hidden: 0,
    points: 120,
    properties: 0,
    renamed: 0,
  },
  {
    file: 'mis-infrastructure-and-networking-stencils',
    masters: 146,
    patterns: 4,
    hidden: 0,
    points: 568,
    properties: 40,
    renamed: 18,
  },
] as const;

export const hasRealStencils = folder !== undefined;

export const realStencilPath = (file: string): string => join(folder ?? '', `${file}.vssx`);

export const readRealStencil = (file: string): Buffer => readFileSync(realStencilPath(file));
