import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShownFileKind } from '@legendops/catalog/product-file/contract';
import type { PortalVisitor } from './portal-visitor.ts';
import { putMedia } from './put-media.ts';

const folder = join(import.meta.dirname, '../../media');

interface ExampleFile {
  sku: string;
  kind: ShownFileKind;
  path: string;
  name: string;
}

const files: readonly ExampleFile[] = [
  {
    sku: 'CT-SW24P',
    kind: 'picture',
    path: 'product-images/access-switch-24-poe.svg',
    name: 'The switch from the front',
  },
  {
    sku: 'CT-SW24P',
    kind: 'picture',
    path: 'diagrams/small-office.svg',
    name: 'A small office with one switch and three access points',
  },
  { sku: 'CT-SW24P', kind: 'document', path: 'documents/access-switch-24-poe.pdf', name: 'Data sheet' },
  { sku: 'CT-AP6', kind: 'picture', path: 'product-images/access-point.svg', name: 'The access point from below' },
  {
    sku: 'FX-MOD6A',
    kind: 'picture',
    path: 'product-images/keystone-module.png',
    name: 'The module from the front',
  },
];

const containers = { picture: 'product-images', document: 'documents' } as const;
const contentTypes: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  pdf: 'application/pdf',
};

const put = (admin: PortalVisitor, { kind, path }: ExampleFile): Promise<string> => {
  const bytes = readFileSync(join(folder, path));
  const contentType = contentTypes[path.split('.').at(-1) ?? ''] ?? '';
  return putMedia(admin, { container: containers[kind], contentType, bytes });
};

interface Shown {
  pictures: { name: string }[];
  documents: { name: string }[];
}

/** Pictures and data sheets of the example catalog, of media/. What an interrupted start has put there is left. */
export const provideFiles = async (admin: PortalVisitor, idOf: (sku: string) => string): Promise<void> => {
  for (const file of files) {
    const path = `catalog/v1/products/${idOf(file.sku)}/files`;
    const { pictures, documents } = await admin.get<Shown>(path);
    if ([...pictures, ...documents].some(({ name }) => name === file.name)) continue;
    await admin.post(path, { kind: file.kind, mediaId: await put(admin, file), name: file.name });
  }
};
