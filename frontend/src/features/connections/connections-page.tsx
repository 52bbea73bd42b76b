import { Vendor } from '@legendops/billing/contract';
import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { vendorWords } from '../../components/vendor-words.ts';
import { connections } from '../../lib/queries/connections.ts';
import type { VendorCardProps } from './connection-card.tsx';
import { connectionProblem } from './connection-problem.ts';
import { Pax8Card } from './pax8-card.tsx';
import { QuickBooksCard } from './quickbooks-card.tsx';
import { SuperOpsCard } from './superops-card.tsx';

const cards: Record<Vendor, ComponentType<VendorCardProps>> = {
  pax8: Pax8Card,
  quickbooks: QuickBooksCard,
};

interface ConnectionsPageProps {
  /** The vendor that the browser has just come back from. */
  connected: Vendor | undefined;
  /** The code of what went wrong there. */
  problem: string | undefined;
}

export const ConnectionsPage = ({ connected, problem }: ConnectionsPageProps) => {
  const failed = problem === undefined ? undefined : connectionProblem(problem);
  return (
    <Page title="Connections" about="Where usage comes from, where invoices go, and your service desk.">
      {connected !== undefined && <Notice tone="ok" title={`${vendorWords[connected].name} is connected`} />}
      {failed !== undefined && (
        <Notice tone="bad" title={failed.title}>
          <p>{failed.nextStep}</p>
          <p className="mt-1 text-caption text-muted">Code {problem}</p>
        </Notice>
      )}
      <QueryView query={useQuery(connections)}>
        {({ data, acts }) => (
          <div className="grid items-start gap-4 lg:grid-cols-2">
            {Vendor.options.map((vendor) => {
              const Card = cards[vendor];
              return (
                <Card
                  key={vendor}
                  connection={data.find((one) => one.vendor === vendor)}
                  mayConnect={acts.connect.may}
                />
              );
            })}
            <SuperOpsCard />
          </div>
        )}
      </QueryView>
    </Page>
  );
};
