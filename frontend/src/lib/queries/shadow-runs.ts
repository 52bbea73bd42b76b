import { ShadowLinePage, ShadowRuns, type ShadowOutcome } from '@legendops/billing/shadow-run/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { cursorPages } from '../cursor-pages.ts';

export const shadowRunsPath = '/api/billing/v1/shadow-runs';

/** The newest first. */
export const shadowRuns = queryOptions({
  queryKey: [shadowRunsPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: shadowRunsPath, signal }, ShadowRuns),
});

/** Its lines, what differs most first. */
export const shadowLinePages = (shadowRunId: string, outcome: ShadowOutcome | undefined) =>
  cursorPages({ path: `${shadowRunsPath}/${shadowRunId}/lines`, page: ShadowLinePage, filter: { outcome } });
