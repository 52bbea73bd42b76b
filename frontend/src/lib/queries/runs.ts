import { ExceptionPage, RunPage } from '@legendops/billing/contract';
import { cursorPages } from '../cursor-pages.ts';

const pollWhileRunningMs = 5_000;

export const runPages = {
  ...cursorPages({ path: '/api/billing/v1/runs', page: RunPage }),
  refetchInterval: pollWhileRunningMs,
};

export const exceptionsPath = '/api/billing/v1/exceptions';

/** What could not be billed or looks wrong: all of it, or of one cause. */
export const exceptionPages = (filter: { code?: string | undefined }) =>
  cursorPages({ path: exceptionsPath, page: ExceptionPage, filter });
