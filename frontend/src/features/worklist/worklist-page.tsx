import { useInfiniteQuery, useQuery, type UseQueryResult, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { CircleCheckBig } from 'lucide-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { TableSkeleton } from '../../components/skeleton.tsx';
import { connections } from '../../lib/queries/connections.ts';
import { invoicePages } from '../../lib/queries/invoices.ts';
import { exceptionPages, runPages } from '../../lib/queries/runs.ts';
import { useMay } from '../../lib/session.ts';
import { askAdministrator } from './ask-administrator.ts';
import { ConnectionGroup } from './connection-group.tsx';
import { ExceptionGroup } from './exception-group.tsx';
import { InvoiceGroup } from './invoice-group.tsx';
import { RunGroup } from './run-group.tsx';
import { connectionWork, exceptionWork, runWork } from './work-items.ts';

type Reading = Pick<UseQueryResult | UseInfiniteQueryResult, 'isPending' | 'isError' | 'error'> & {
  refetch: () => unknown;
};

export const WorklistPage = () => {
  const vendors = useQuery(connections);
  const runs = useInfiniteQuery(runPages);
  const exceptions = useInfiniteQuery(exceptionPages);
  const inDoubt = useInfiniteQuery(invoicePages({ status: 'in-doubt' }));
  const failed = useInfiniteQuery(invoicePages({ status: 'failed' }));
  const drafts = useInfiniteQuery(invoicePages({ status: 'draft' }));
  const approved = useInfiniteQuery(invoicePages({ status: 'approved' }));

  const mayApprove = useMay('invoice.approve');
  const mayPost = useMay('invoice.post');
  const invoiceGroups = [
    {
      status: 'in-doubt',
      title: 'In doubt at QuickBooks',
      nextStep: 'It is looked up by itself; open it to see what is known.',
      reading: inDoubt,
    },
    {
      status: 'failed',
      title: 'Not posted',
      nextStep: mayPost ? 'Open it for the reason, then post it again.' : askAdministrator,
      reading: failed,
    },
    {
      status: 'draft',
      title: 'Awaiting approval',
      nextStep: mayApprove ? 'Check its lines and approve it.' : askAdministrator,
      reading: drafts,
    },
    {
      status: 'approved',
      title: 'Ready to post',
      nextStep: mayPost ? 'Post it to QuickBooks.' : askAdministrator,
      reading: approved,
    },
  ] as const;
  const readings: Reading[] = [vendors, runs, exceptions, ...invoiceGroups.map(({ reading }) => reading)];
  const failure = readings.find(({ isError }) => isError);
  const pending = readings.some(({ isPending }) => isPending);

  const toConnect = connectionWork(vendors.data ?? []);
  const { notBilled, toCheck } = exceptionWork(exceptions.data ?? []);
  const stopped = runWork(runs.data ?? []);
  const count = [stopped, exceptions.data ?? [], ...invoiceGroups.map(({ reading }) => reading.data ?? [])].reduce(
    (sum, { length }) => sum + length,
    vendors.data === undefined ? 0 : toConnect.length,
  );

  return (
    <Page
      title="Worklist"
      about={pending || failure !== undefined ? undefined : sayHowMany(count, mayApprove ? 'you' : 'an administrator')}
    >
      {failure !== undefined && (
        <ProblemNotice
          error={failure.error}
          onRetry={() => Promise.all(readings.filter(({ isError }) => isError).map(({ refetch }) => refetch()))}
        />
      )}
      {pending && <TableSkeleton rows={4} />}
      {!pending && failure === undefined && count === 0 && <NothingToDo />}
      {vendors.data !== undefined && <ConnectionGroup work={toConnect} />}
      {invoiceGroups.slice(0, 2).map(({ reading, ...group }) => (
        <InvoiceGroup key={group.status} {...group} invoices={reading.data ?? []} more={reading.hasNextPage} />
      ))}
      <RunGroup runs={stopped} />
      <ExceptionGroup
        title="Could not be billed"
        state="Not billed"
        exceptions={notBilled}
        more={exceptions.hasNextPage}
      />
      <ExceptionGroup title="Looks wrong" state="Check" exceptions={toCheck} more={false} />
      {invoiceGroups.slice(2).map(({ reading, ...group }) => (
        <InvoiceGroup key={group.status} {...group} invoices={reading.data ?? []} more={reading.hasNextPage} />
      ))}
    </Page>
  );
};

const sayHowMany = (count: number, whom: string): string | undefined => {
  if (count === 0) return undefined;
  return count === 1 ? `One thing needs ${whom}.` : `${count} things need ${whom}.`;
};

const NothingToDo = () => (
  <EmptyState icon={CircleCheckBig} title="Nothing needs you">
    Both vendors are connected, the runs went through, and every invoice is posted. What needs a person shows up here.
  </EmptyState>
);
