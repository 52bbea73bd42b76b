import type { ErrorComponentProps } from '@tanstack/react-router';
import { Page } from '../components/page.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';

/** Also for a page whose code is gone since a new version was put up: reloading gets that version. */
export const PageError = ({ error }: ErrorComponentProps) => (
  <Page title="Something went wrong">
    <ProblemNotice error={error} onRetry={() => window.location.reload()} />
  </Page>
);
