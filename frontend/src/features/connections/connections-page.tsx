import { useQuery } from '@tanstack/react-query';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { connections } from '../../lib/queries/connections.ts';
import { connectionProblem } from './connection-problem.ts';
import { Pax8Card } from './pax8-card.tsx';
import { QuickBooksCard } from './quickbooks-card.tsx';

interface ConnectionsPageProps {
  /** The vendor that the browser has just come back from. */
  connected: 'quickbooks' | undefined;
  /** The code of what went wrong there. */
  problem: string | undefined;
}

export const ConnectionsPage = ({ connected, problem }: ConnectionsPageProps) => {
  const failed = problem === undefined ? undefined : connectionProblem(problem);
  return (
    <Page title="Connections" about="Where usage comes from, and where invoices go.">
      {connected !== undefined && <Notice tone="ok" title="QuickBooks is connected" />}
      {failed !== undefined && (
        <Notice tone="bad" title={failed.title}>
          <p>{failed.nextStep}</p>
          <p className="mt-1 text-caption text-muted">Code {problem}</p>
        </Notice>
      )}
      <QueryView query={useQuery(connections)}>
        {(all) => (
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <Pax8Card connection={all.find(({ vendor }) => vendor === 'pax8')} />
            <QuickBooksCard connection={all.find(({ vendor }) => vendor === 'quickbooks')} />
          </div>
        )}
      </QueryView>
    </Page>
  );
};
