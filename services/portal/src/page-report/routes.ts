import { noContent, publicRoute } from '@legendops/kit/http/route';
import { PageReport } from '../contract.ts';
import { errors, loadSeconds } from './metrics.ts';

/** Without a token, since a beacon of a page that is being left carries none. What is counted names nobody. */
export const pageReportRoutes = () => [
  publicRoute({
    method: 'post',
    path: '/v1/page-reports',
    summary: 'What a browser saw of a page: how long it took, how many errors',
    audit: { none: 'Counts of a browser are nobody’s act' },
    limit: { perMinute: 60 },
    mostBodyBytes: 1_000,
    body: PageReport,
    responses: { 204: null },
    handler: async ({ body: { page, loadMs, errors: counts } }) => {
      if (loadMs !== null) loadSeconds.observe({ page }, loadMs / 1_000);
      for (const [kind, count] of Object.entries(counts)) if (count > 0) errors.inc({ page, kind }, count);
      return noContent();
    },
  }),
];
