import type { Product } from '@legendops/catalog/contract';
import type { ShownFile } from '@legendops/catalog/product-file/contract';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Star } from 'lucide-react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { textLinkClass } from '../../components/text-link.tsx';
import { filesOf } from '../../lib/queries/catalog.ts';
import { useMay } from '../../lib/session.ts';
import { AddFileButton } from './add-file.tsx';
import { ChangeFile, RemoveFile } from './change-file.tsx';
import { sizeWords } from './file-words.ts';
import { useOrderFiles } from './product-file-acts.ts';

/** Pictures and data sheets of a product, for whoever sees the product. */
export const ProductFiles = ({ product }: { product: Product }) => {
  const mayWrite = useMay('product.write');
  const query = useQuery(filesOf(product.id));
  return (
    <>
      <Section title="Pictures" actions={mayWrite && <AddFileButton product={product} kind="picture" />}>
        <QueryView query={query}>
          {({ pictures }) =>
            pictures.length === 0 ? (
              <p className="text-muted">There are no pictures of it.</p>
            ) : (
              <Gallery productId={product.id} pictures={pictures} mayWrite={mayWrite} />
            )
          }
        </QueryView>
      </Section>
      <Section title="Documents" actions={mayWrite && <AddFileButton product={product} kind="document" />}>
        <QueryView query={query}>
          {({ documents }) =>
            documents.length === 0 ? (
              <p className="text-muted">There are no documents of it.</p>
            ) : (
              <DataTable
                caption="Documents"
                columns={mayWrite ? [...columns, changesOf(product.id)] : columns}
                rows={documents}
              />
            )
          }
        </QueryView>
      </Section>
    </>
  );
};

interface GalleryProps {
  productId: string;
  pictures: readonly ShownFile[];
  mayWrite: boolean;
}

const Gallery = ({ productId, pictures, mayWrite }: GalleryProps) => {
  const ordering = useOrderFiles();
  const ids = pictures.map(({ id }) => id);
  const moveTo = (place: number, id: string) => {
    const others = ids.filter((one) => one !== id);
    ordering.run({ productId, kind: 'picture', ids: others.toSpliced(place, 0, id) });
  };
  return (
    <>
      <ActProblem error={ordering.error} />
      <ul aria-label="Pictures" className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-3">
        {pictures.map((picture, index) => (
          <li key={picture.id} className="flex min-w-0 flex-col rounded-lg border border-line bg-surface">
            <a
              href={picture.url}
              target="_blank"
              rel="noreferrer"
              className="flex h-40 items-center justify-center overflow-hidden rounded-t-lg bg-raised/50 p-2"
            >
              <img
                src={picture.thumbnailUrl ?? picture.url}
                alt={picture.name}
                className="max-h-full max-w-full rounded-sm bg-paper object-contain"
              />
            </a>
            <div className="flex flex-1 flex-col gap-1 p-2.5">
              <p className="wrap-anywhere">{picture.name}</p>
              <p className="text-caption text-muted">
                {index === 0 && 'Main picture, '}
                {picture.widthPx !== null && `${picture.widthPx} × ${picture.heightPx ?? ''} pixels, `}
                {sizeWords(picture.bytes)}
              </p>
              {mayWrite && (
                <div className="mt-auto flex flex-wrap justify-end">
                  {index > 1 && (
                    <Button
                      look="quiet"
                      aria-label={`Move earlier: ${picture.name}`}
                      pending={ordering.pending}
                      onClick={() => moveTo(index - 1, picture.id)}
                    >
                      <ArrowLeft aria-hidden />
                    </Button>
                  )}
                  {index > 0 && (
                    <Button
                      look="quiet"
                      aria-label={`Make main picture: ${picture.name}`}
                      pending={ordering.pending}
                      onClick={() => moveTo(0, picture.id)}
                    >
                      <Star aria-hidden />
                    </Button>
                  )}
                  <ChangeFile productId={productId} file={picture} />
                  <RemoveFile productId={productId} file={picture} />
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
};

const columns: Column<ShownFile>[] = [
  {
    name: 'Title',
    cell: ({ name, url }) => (
      <a href={url} target="_blank" rel="noreferrer" className={textLinkClass}>
        {name}
      </a>
    ),
  },
  { name: 'Size', align: 'end', cell: ({ bytes }) => sizeWords(bytes) },
];

const changesOf = (productId: string): Column<ShownFile> => ({
  name: 'Change',
  nameless: true,
  align: 'end',
  cell: (file) => (
    <span className="inline-flex">
      <ChangeFile productId={productId} file={file} />
      <RemoveFile productId={productId} file={file} />
    </span>
  ),
});
