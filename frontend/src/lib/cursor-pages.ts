import type { Page } from '@legendops/kit/contract/page';
import { infiniteQueryOptions, keepPreviousData, type InfiniteData } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Query } from './api-client.ts';
import { api } from './api.ts';

interface CursorList<Item> {
  path: string;
  page: z.ZodType<Page<Item>>;
  filter?: Query;
  limit?: number;
}

/** A list of the API, page after page; its cache key is its path and filter, so `[path]` names all of them. */
export const cursorPages = <Item>({ path, page, filter = {}, limit = 50 }: CursorList<Item>) =>
  infiniteQueryOptions({
    queryKey: [path, 'pages', filter, limit],
    queryFn: ({ pageParam, signal }) =>
      api.request({ method: 'GET', path, query: { ...filter, limit, cursor: pageParam }, signal }, page),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page: { next } }) => next ?? undefined,
    placeholderData: keepPreviousData,
    select: (loaded: InfiniteData<Page<Item>, string | undefined>): Item[] => loaded.pages.flatMap(({ data }) => data),
  });
