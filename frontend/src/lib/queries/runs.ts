import { ExceptionPage, RunPage } from '@legendops/billing/contract';
import { cursorPages } from '../cursor-pages.ts';

export const runsPath = '/api/billing/v1/runs';
export const runPages = cursorPages({ path: runsPath, page: RunPage });

export const exceptionsPath = '/api/billing/v1/exceptions';

/** What could not be billed or looks wrong: all of it, or of one cause. */
export const exceptionPages = (filter: { code?: string | undefined }) =>
  cursorPages({ path: exceptionsPath, page: ExceptionPage, filter });
