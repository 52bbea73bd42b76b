import {
  BulkOutcome,
  Product,
  type BulkChange,
  type NewProduct,
  type ProductChange,
} from '@legendops/catalog/contract';
import { Price, PriceList, type NewPrice, type NewPriceList } from '@legendops/catalog/price-list/contract';
import { ImportOutcome, type ProductFile } from '@legendops/catalog/product-import/contract';
import { Relation, type NewRelation } from '@legendops/catalog/relation/contract';
import { StencilMasterSummary } from '@legendops/catalog/stencil-library/contract';
import { api } from '../../lib/api.ts';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useSaveFile } from '../../lib/act/save-file.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { dropRow, putRow, refresh } from '../../lib/cache.ts';
import { catalogPath, categoriesPath, importsPath, priceListsPath, productById } from '../../lib/queries/catalog.ts';
import { mastersPath } from '../../lib/queries/stencils.ts';
import { queryClient } from '../../lib/query-client.ts';

const readAgain = () => void refresh(catalogPath);
// A master tells what it draws.
const readDrawingsAgain = () => void Promise.all([refresh(catalogPath), refresh(mastersPath)]);

const addProduct: ActKind<Partial<NewProduct>, Product> = {
  request: (body) => ({ method: 'POST', path: catalogPath, body }),
  answer: Product,
  done: readAgain,
};
export const useAddProduct = () => useAct(addProduct);

interface SeenProduct {
  product: Product;
  change: ProductChange;
}

const changeProduct: ActKind<SeenProduct, Product> = {
  request: ({ product: { id, version }, change: body }) => ({
    method: 'PATCH',
    path: `${catalogPath}/${id}`,
    body,
    version,
  }),
  answer: Product,
  done: (product) => {
    queryClient.setQueryData(productById(product.id).queryKey, product);
    putRow(catalogPath, product);
    void queryClient.invalidateQueries({ queryKey: [catalogPath, 'facets'] });
  },
  refused: ({ product: { id } }) => void queryClient.invalidateQueries({ queryKey: [catalogPath, id] }),
  readBack: ({ product: { id } }) => api.request({ method: 'GET', path: `${catalogPath}/${id}` }, Product),
};
export const useChangeProduct = () => useAct(changeProduct);

const changeMany: ActKind<BulkChange, BulkOutcome> = {
  request: (body) => ({ method: 'POST', path: `${catalogPath}/bulk-changes`, body }),
  answer: BulkOutcome,
  done: readAgain,
  refused: readAgain,
};
export const useChangeMany = () => useAct(changeMany);

const removeProduct: ActKind<Product, void> = {
  request: ({ id, version }) => ({ method: 'DELETE', path: `${catalogPath}/${id}`, version }),
  answer: null,
  done: (_, { id }) => {
    dropRow(catalogPath, id);
    void queryClient.invalidateQueries({ queryKey: [catalogPath, 'facets'] });
  },
  refused: ({ id }) => void queryClient.invalidateQueries({ queryKey: [catalogPath, id] }),
};
export const useRemoveProduct = () => useAct(removeProduct);

interface Related {
  productId: string;
}

const addRelation: ActKind<Related & { relation: NewRelation }, Relation> = {
  request: ({ productId, relation: body }) => ({
    method: 'POST',
    path: `${catalogPath}/${productId}/relations`,
    body,
  }),
  answer: Relation,
  done: readAgain,
  refused: readAgain,
};
export const useAddRelation = () => useAct(addRelation);

const removeRelation: ActKind<Related & { relation: Relation }, void> = {
  request: ({ productId, relation: { id } }) => ({
    method: 'DELETE',
    path: `${catalogPath}/${productId}/relations/${id}`,
  }),
  answer: null,
  done: readAgain,
  refused: readAgain,
};
export const useRemoveRelation = () => useAct(removeRelation);

interface Drawn {
  productId: string;
}

const addDrawing: ActKind<Drawn & { masterId: string }, StencilMasterSummary> = {
  request: ({ productId, masterId }) => ({
    method: 'POST',
    path: `${catalogPath}/${productId}/stencil-masters`,
    body: { masterId },
  }),
  answer: StencilMasterSummary,
  done: readDrawingsAgain,
};
export const useAddDrawing = () => useAct(addDrawing);

const removeDrawing: ActKind<Drawn & { master: StencilMasterSummary }, void> = {
  request: ({ productId, master: { id } }) => ({
    method: 'DELETE',
    path: `${catalogPath}/${productId}/stencil-masters/${id}`,
  }),
  answer: null,
  done: readDrawingsAgain,
  refused: readDrawingsAgain,
};
export const useRemoveDrawing = () => useAct(removeDrawing);

const addPriceList: ActKind<NewPriceList, PriceList> = {
  request: (body) => ({ method: 'POST', path: priceListsPath, body }),
  answer: PriceList,
  done: () => void Promise.all([refresh(priceListsPath), refresh(catalogPath)]),
};
export const useAddPriceList = () => useAct(addPriceList);

const setPrice: ActKind<NewPrice & { priceListId: string }, Price> = {
  request: ({ priceListId, ...body }) => ({ method: 'PUT', path: `${priceListsPath}/${priceListId}/prices`, body }),
  answer: Price,
  done: readAgain,
  refused: readAgain,
};
export const useSetPrice = () => useAct(setPrice);

const previewImport: ActKind<ProductFile, ImportOutcome> = {
  request: (body) => ({ method: 'POST', path: `${importsPath}/preview`, body }),
  answer: ImportOutcome,
};
export const usePreviewImport = () => useAct(previewImport);

const applyImport: ActKind<ProductFile, ImportOutcome> = {
  request: (body) => ({ method: 'POST', path: importsPath, body }),
  answer: ImportOutcome,
  done: () => void Promise.all([refresh(catalogPath), refresh(categoriesPath)]),
};
export const useApplyImport = () => useAct(applyImport);

/** Saves all products as a table. */
export const useSaveProducts = () => useSaveFile(`${catalogPath}/export`, 'products.csv');
