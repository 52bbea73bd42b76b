import { startPageReports } from './page-reports.ts';
import { matchPath } from './router/addresses.ts';

/** Of a browser that is signed in; an address of nothing counts as the first page. */
export const reported = startPageReports(() => matchPath(window.location.pathname)?.path ?? '/');
