import type { ProductPictures } from '@legendops/catalog/product-file/contract';
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { createContext, useContext, type ReactNode } from 'react';
import { picturesOf } from '../../lib/queries/catalog.ts';

type Picture = ProductPictures['data'][number];

const Pictures = createContext<ReadonlyMap<string, Picture>>(new Map());

// As many at once as a page of the list has.
const together = 50;

const chunksOf = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / together) }, (_, at) => ids.slice(at * together, (at + 1) * together));

const byProduct = (results: UseQueryResult<ProductPictures>[]): ReadonlyMap<string, Picture> =>
  new Map(results.flatMap(({ data }) => data?.data ?? []).map((picture) => [picture.productId, picture]));

interface ProductPicturesProviderProps {
  products: readonly { id: string }[];
  children: ReactNode;
}

/** Has the main pictures of a list at hand, read for all of it and not for each row. */
export const ProductPicturesProvider = ({ products, children }: ProductPicturesProviderProps) => {
  const pictures = useQueries({
    queries: chunksOf(products.map(({ id }) => id)).map((ids) => picturesOf(ids)),
    combine: byProduct,
  });
  return <Pictures value={pictures}>{children}</Pictures>;
};

/** Of a product in a list: small, fetched once it comes into view, and a place of the same size where there is none. */
export const ProductPicture = ({ productId }: { productId: string }) => {
  const picture = useContext(Pictures).get(productId);
  return (
    <span className="flex size-9 shrink-0 items-center justify-center overflow-hidden rounded-sm bg-raised/50">
      {picture !== undefined && (
        <img
          src={picture.url}
          alt={picture.name}
          loading="lazy"
          width={36}
          height={36}
          className="size-full bg-paper object-contain"
        />
      )}
    </span>
  );
};
