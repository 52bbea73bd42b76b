import { ExceptionPage, RunPage } from '@legendops/billing/contract';
import { cursorPages } from '../cursor-pages.ts';

export const runsPath = '/api/billing/v1/runs';
export const runPages = cursorPages({ path: runsPath, page: RunPage });

export const exceptionsPath = '/api/billing/v1/exceptions';
export const exceptionPages = cursorPages({ path: exceptionsPath, page: ExceptionPage, limit: 200 });
