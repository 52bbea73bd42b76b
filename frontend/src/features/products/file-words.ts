import type { MediaContainer } from '@legendops/catalog/media/contract';
import type { ShownFileKind } from '@legendops/catalog/product-file/contract';

interface FileWords {
  container: MediaContainer;
  add: string;
  save: string;
  name: string;
  nameHint: string;
  fileHint: string;
  accept: string;
  /** Of the button that decides it. */
  confirm: string;
  change: string;
}

export const fileWords: Record<ShownFileKind, FileWords> = {
  picture: {
    container: 'product-images',
    add: 'Add picture',
    save: 'Save picture',
    name: 'What it shows',
    nameHint: 'Read out to people who cannot see it.',
    fileHint: 'PNG, JPEG, WebP or SVG, 10 MiB at most. What a camera wrote into it is left out.',
    accept: 'image/png,image/jpeg,image/webp,image/svg+xml',
    confirm: 'Remove picture',
    change: 'Change text',
  },
  document: {
    container: 'documents',
    add: 'Add document',
    save: 'Save document',
    name: 'Title',
    nameHint: 'What it is: a data sheet, a manual.',
    fileHint: 'A PDF of 25 MiB at most, without scripts and other files in it.',
    accept: 'application/pdf',
    confirm: 'Remove document',
    change: 'Change title',
  },
};

const units = ['bytes', 'KiB', 'MiB', 'GiB'];

/** How large a file is, as people say it. */
export const sizeWords = (bytes: number): string => {
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
};
