import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewUpload } from '@legendops/catalog/media/contract';
import type { ShownFileKind } from '@legendops/catalog/product-file/contract';
import type { PortalVisitor } from './portal-visitor.ts';

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

const put = async (admin: PortalVisitor, { kind, path }: ExampleFile): Promise<string> => {
  const bytes = readFileSync(join(folder, path));
  const contentType = contentTypes[path.split('.').at(-1) ?? ''] ?? '';
  const wanted: NewUpload = { container: containers[kind], contentType, bytes: bytes.length };
  const upload = await admin.post<{ id: string; url: string; headers: Record<string, string> }>(
    'catalog/v1/media-uploads',
    wanted,
  );
  const answer = await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: bytes });
  if (!answer.ok) throw new Error(`The storage answered ${answer.status} to ${path}`);
  return (await admin.post<{ id: string }>(`catalog/v1/media-uploads/${upload.id}/completion`)).id;
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
