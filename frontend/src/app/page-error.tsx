import { Component, type ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';

/** Keeps a page that fails from taking the shell along. React knows such a boundary as a class only. */
export class PageBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === undefined ? (
      this.props.children
    ) : (
      <Page title="Something went wrong">
        <ProblemNotice error={this.state.error} onRetry={() => window.location.reload()} />
      </Page>
    );
  }
}

/** A page whose code did not come, though no newer version is there: the network, most of the time. */
export const PageMissing = ({ onRetry }: { onRetry: () => void }) => (
  <Page title="This page did not load">
    <Notice tone="bad" title="LegendOps cannot be reached" action={<Button onClick={onRetry}>Try again</Button>}>
      Check your network connection, then try again.
    </Notice>
  </Page>
);
