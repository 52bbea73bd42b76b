import { CablingDesign, DesignPage, Recalculation } from '@legendops/catalog/cabling-design/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { cursorPages } from '../cursor-pages.ts';

export const designsPath = '/api/catalog/v1/cabling-designs';

export const designPages = (search: string | undefined) =>
  cursorPages({ path: designsPath, page: DesignPage, filter: { search } });

export const designById = (designId: string) =>
  queryOptions({
    queryKey: [designsPath, designId],
    queryFn: ({ signal }) => api.request({ method: 'GET', path: `${designsPath}/${designId}`, signal }, CablingDesign),
  });

/** What the design would say today: asked for anew each time that somebody wants to know. */
export const recalculationOf = (designId: string, version: number) =>
  queryOptions({
    queryKey: [designsPath, designId, 'recalculation', version],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: `${designsPath}/${designId}/recalculation`, signal }, Recalculation),
    staleTime: 0,
  });
