import {
  ProductMasters,
  Stencil,
  StencilComparison,
  StencilLink,
  StencilMasterDetails,
  StencilMasterPage,
  StencilPage,
  StencilVersions,
  type MasterKind,
} from '@legendops/catalog/stencil-library/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { cursorPages } from '../cursor-pages.ts';
import { catalogPath } from './catalog.ts';

export const stencilsPath = '/api/catalog/v1/stencils';
export const mastersPath = '/api/catalog/v1/stencil-masters';

export const stencilPages = cursorPages({ path: stencilsPath, page: StencilPage, limit: 24 });

export const stencilById = (stencilId: string) =>
  queryOptions({
    queryKey: [stencilsPath, stencilId],
    queryFn: ({ signal }) => api.request({ method: 'GET', path: `${stencilsPath}/${stencilId}`, signal }, Stencil),
  });

export const versionsOf = (stencilId: string) =>
  queryOptions({
    queryKey: [stencilsPath, stencilId, 'versions'],
    queryFn: async ({ signal }) =>
      (await api.request({ method: 'GET', path: `${stencilsPath}/${stencilId}/versions`, signal }, StencilVersions))
        .data,
  });

interface MasterFilter {
  search?: string | undefined;
  stencilId?: string | undefined;
  number?: number | undefined;
  kind?: MasterKind | undefined;
}

export const masterPages = (filter: MasterFilter) =>
  cursorPages({ path: mastersPath, page: StencilMasterPage, filter: { ...filter }, limit: 48 });

const mostMatches = 12;

/** The first masters that have these words, for choosing one. */
export const masterMatches = (search: string) =>
  queryOptions({
    queryKey: [mastersPath, 'matches', search],
    queryFn: async ({ signal }) => {
      const query = { limit: mostMatches, search: search || undefined };
      return (await api.request({ method: 'GET', path: mastersPath, query, signal }, StencilMasterPage)).data;
    },
    placeholderData: keepPreviousData,
  });

export const masterById = (masterId: string) =>
  queryOptions({
    queryKey: [mastersPath, masterId],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: `${mastersPath}/${masterId}`, signal }, StencilMasterDetails),
  });

export const comparisonOf = (stencilId: string, { before, after }: { before: number; after: number }) =>
  queryOptions({
    queryKey: [stencilsPath, stencilId, 'comparison', before, after],
    queryFn: ({ signal }) =>
      api.request(
        { method: 'GET', path: `${stencilsPath}/${stencilId}/comparison`, query: { before, after }, signal },
        StencilComparison,
      ),
  });

export const mastersOfProduct = (productId: string) =>
  queryOptions({
    queryKey: [catalogPath, productId, 'stencil-masters'],
    queryFn: async ({ signal }) =>
      (
        await api.request(
          { method: 'GET', path: `${catalogPath}/${productId}/stencil-masters`, signal },
          ProductMasters,
        )
      ).data,
  });

/** A fresh one each time: it opens the package for some minutes alone. */
export const packageLink = (stencilId: string, number: number): Promise<StencilLink> =>
  api.request({ method: 'GET', path: `${stencilsPath}/${stencilId}/versions/${number}/link` }, StencilLink);

const asDataAddress = (picture: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The picture could not be read')));
    reader.readAsDataURL(picture);
  });

/** As an address for an image, within which no script runs and nothing is loaded. It never changes. */
export const masterPreview = (masterId: string) =>
  queryOptions({
    // Not below the masters, which are read again with a change: a picture never is.
    queryKey: ['stencil-previews', masterId],
    queryFn: async ({ signal }) =>
      asDataAddress(await api.file({ method: 'GET', path: `${mastersPath}/${masterId}/preview`, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
