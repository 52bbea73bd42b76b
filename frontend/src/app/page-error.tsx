import { Component, type ReactNode } from 'react';
import { Page } from '../components/page.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';

/** Keeps a page that fails from taking the shell along. React knows such a boundary as a class only. */
export class PageBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <PageError error={this.state.error} />;
  }
}

/** Also for a page whose code is gone since a new version was put up: reloading gets that version. */
const PageError = ({ error }: { error: unknown }) => (
  <Page title="Something went wrong">
    <ProblemNotice error={error} onRetry={() => window.location.reload()} />
  </Page>
);
