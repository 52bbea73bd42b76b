import { BaseMatch, BaseProduct, BaseProductPage } from '@legendops/catalog/base-catalog/contract';
import { CalculatorList } from '@legendops/catalog/calculators/contract';
import { CategoryTree, type Category } from '@legendops/catalog/category/contract';
import { Product, ProductFacets, ProductPage, type ProductFilter } from '@legendops/catalog/contract';
import { PriceLists, ProductPrices } from '@legendops/catalog/price-list/contract';
import { ProductPictures, ShownFiles } from '@legendops/catalog/product-file/contract';
import { ProductRelations } from '@legendops/catalog/relation/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { cursorPages } from '../cursor-pages.ts';

export const catalogPath = '/api/catalog/v1/products';
export const categoriesPath = '/api/catalog/v1/categories';
export const priceListsPath = '/api/catalog/v1/price-lists';
export const importsPath = '/api/catalog/v1/product-imports';
export const calculatorsPath = '/api/catalog/v1/calculators';

export const baseProductsPath = '/api/catalog/v1/base-products';

export const catalogPages = (filter: ProductFilter) =>
  cursorPages({ path: catalogPath, page: ProductPage, filter: { ...filter } });

export const baseProductPages = (search: string | undefined) =>
  cursorPages({ path: baseProductsPath, page: BaseProductPage, filter: { search } });

export const baseProductByKey = (key: string) =>
  queryOptions({
    queryKey: [baseProductsPath, key],
    queryFn: ({ signal }) => api.request({ method: 'GET', path: `${baseProductsPath}/${key}`, signal }, BaseProduct),
  });

/** What the base catalog has of an own product that follows nothing. */
export const baseMatchOf = (productId: string) =>
  queryOptions({
    queryKey: [catalogPath, productId, 'base-match'],
    queryFn: async ({ signal }) =>
      (await api.request({ method: 'GET', path: `${catalogPath}/${productId}/base-match`, signal }, BaseMatch)).base,
  });

/** How many products each further choice would leave. */
export const catalogFacets = (filter: ProductFilter) =>
  queryOptions({
    queryKey: [catalogPath, 'facets', filter],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: `${catalogPath}/facets`, query: { ...filter }, signal }, ProductFacets),
    placeholderData: keepPreviousData,
  });

export const productById = (productId: string) =>
  queryOptions({
    queryKey: [catalogPath, productId],
    queryFn: ({ signal }) => api.request({ method: 'GET', path: `${catalogPath}/${productId}`, signal }, Product),
  });

const mostMatches = 20;

/** The first products that have these words, for choosing one. */
export const productMatches = (search: string) =>
  queryOptions({
    queryKey: [catalogPath, 'matches', search],
    queryFn: async ({ signal }) => {
      const query = { limit: mostMatches, search: search || undefined };
      return (await api.request({ method: 'GET', path: catalogPath, query, signal }, ProductPage)).data;
    },
    placeholderData: keepPreviousData,
  });

export const relationsOf = (productId: string) =>
  queryOptions({
    queryKey: [catalogPath, productId, 'relations'],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: `${catalogPath}/${productId}/relations`, signal }, ProductRelations),
  });

const soonestMs = 30_000;

interface Expiring {
  expiresAt: string | null;
}

/** Their addresses are signed for minutes: read again before these end. */
const beforeTheyEnd = ({ state: { data } }: { state: { data?: Expiring | undefined } }): number | false =>
  data?.expiresAt == null ? false : Math.max(soonestMs, Date.parse(data.expiresAt) - Date.now() - 2 * soonestMs);

export const picturesKey = [catalogPath, 'pictures'];

/** The main pictures of these products: a hundred at most. */
export const picturesOf = (productIds: readonly string[]) =>
  queryOptions({
    queryKey: [...picturesKey, productIds],
    queryFn: ({ signal }) =>
      api.request(
        {
          method: 'GET',
          path: '/api/catalog/v1/product-pictures',
          query: { productIds: productIds.join(',') },
          signal,
        },
        ProductPictures,
      ),
    refetchInterval: beforeTheyEnd,
  });

export const filesOf = (productId: string) =>
  queryOptions({
    queryKey: [catalogPath, productId, 'files'],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: `${catalogPath}/${productId}/files`, signal }, ShownFiles),
    refetchInterval: beforeTheyEnd,
  });

export const pricesOf = (productId: string) =>
  queryOptions({
    queryKey: [catalogPath, productId, 'prices'],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: `${catalogPath}/${productId}/prices`, signal }, ProductPrices),
  });

export const priceLists = queryOptions({
  queryKey: [priceListsPath],
  queryFn: async ({ signal }) => (await api.request({ method: 'GET', path: priceListsPath, signal }, PriceLists)).data,
});

/** A category by its whole path. */
export interface NamedCategory extends Category {
  path: string;
}

const withPaths = (all: readonly Category[]): NamedCategory[] => {
  const byId = new Map(all.map((category) => [category.id, category]));
  const pathOf = ({ name, parentId }: Category): string => {
    const parent = parentId === null ? undefined : byId.get(parentId);
    return parent === undefined ? name : `${pathOf(parent)} > ${name}`;
  };
  return all
    .map((category) => ({ ...category, path: pathOf(category) }))
    .toSorted((a, b) => a.path.localeCompare(b.path));
};

/** All categories in the order of their paths. */
export const categories = queryOptions({
  queryKey: [categoriesPath],
  queryFn: async ({ signal }) =>
    withPaths((await api.request({ method: 'GET', path: categoriesPath, signal }, CategoryTree)).data),
  staleTime: 60_000,
});

/** They are part of the service: they change with it alone. */
export const calculators = queryOptions({
  queryKey: [calculatorsPath],
  queryFn: async ({ signal }) =>
    (await api.request({ method: 'GET', path: calculatorsPath, signal }, CalculatorList)).data,
  staleTime: Number.POSITIVE_INFINITY,
});
