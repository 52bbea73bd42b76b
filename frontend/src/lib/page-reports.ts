import type { PageReport } from '@legendops/portal/contract';

type ErrorKind = keyof PageReport['errors'];

interface Surroundings {
  /** The page that is open. */
  page: () => PageReport['page'];
  send: (report: PageReport) => void;
}

const mostErrors = 100;
const none = (): PageReport['errors'] => ({ script: 0, promise: 0, code: 0 });

/** Counts what went wrong on a page and how long it took to be shown, and tells it when the page is left. */
export const pageReports = ({ page, send }: Surroundings) => {
  let errors = none();
  let loadMs: number | null = null;
  let about = page();
  const flush = (): void => {
    const hasNews = loadMs !== null || Object.values(errors).some((count) => count > 0);
    if (hasNews) send({ page: about, loadMs, errors });
    errors = none();
    loadMs = null;
    about = page();
  };
  return {
    shown: (ms: number): void => {
      about = page();
      loadMs = Math.min(Math.round(ms), 120_000);
    },
    failed: (kind: ErrorKind): void => {
      // Another page was opened since: what was counted is the other's.
      if (about !== page()) flush();
      errors[kind] = Math.min(errors[kind] + 1, mostErrors);
    },
    flush,
  };
};

const path = '/api/portal/v1/page-reports';

/** In this browser; what it returns is told when the portal is first shown, and of code that did not load. */
export const startPageReports = (page: () => PageReport['page']) => {
  const reports = pageReports({
    page,
    // A beacon outlives the page; one that is lost is a count less.
    send: (report) => void navigator.sendBeacon(path, new Blob([JSON.stringify(report)], { type: 'application/json' })),
  });
  window.addEventListener('error', () => reports.failed('script'));
  window.addEventListener('unhandledrejection', () => reports.failed('promise'));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') reports.flush();
  });
  return reports;
};
