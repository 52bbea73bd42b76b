import type { ComparedField, MasterKind, Stencil } from '@legendops/catalog/stencil-library/contract';

export const kindWords: Record<MasterKind, string> = {
  shape: 'Shapes',
  pattern: 'Fills and lines',
  hidden: 'Hidden by its maker',
};

export const countWords = ({ counts }: Pick<Stencil, 'counts'>): string =>
  counts.shape === 1 ? '1 shape' : `${counts.shape} shapes`;

export const fieldWords: Record<ComparedField, string> = {
  name: 'name',
  nameU: 'universal name',
  uniqueId: 'UniqueID',
  baseId: 'BaseID',
  isHidden: 'whether it is hidden',
  isPattern: 'whether it is a fill or a line',
  prompt: 'prompt',
  keywords: 'keywords',
  widthMm: 'width',
  heightMm: 'height',
  connectionPoints: 'connection points',
  properties: 'properties',
  drawing: 'drawing',
};

const units = ['bytes', 'KiB', 'MiB'];

export const sizeOfFile = (bytes: number): string => {
  const power = Math.min(2, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
};
