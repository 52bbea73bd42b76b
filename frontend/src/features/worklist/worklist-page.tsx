import type { Worklist } from '@legendops/billing/worklist/contract';
import { useQuery } from '@tanstack/react-query';
import { CircleCheckBig } from 'lucide-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { TableSkeleton } from '../../components/skeleton.tsx';
import { formatInstant, formatMonth } from '../../lib/calendar.ts';
import { worklist } from '../../lib/queries/worklist.ts';
import { useMay, useMe } from '../../lib/session.ts';
import { ConnectionGroup } from './connection-group.tsx';
import { ExceptionGroup } from './exception-group.tsx';
import type { WithTickets } from './exception-item.tsx';
import { InvoiceGroup } from './invoice-group.tsx';
import { PeriodGroup } from './period-group.tsx';
import { RunGroup } from './run-group.tsx';
import { SetUpGroup } from './set-up-group.tsx';
import { nextStepOf, setUpSteps } from './set-up-steps.ts';
import { connectionWork, countOf } from './work-items.ts';

// What may be wrong stands above what could not be billed, what only waits below it.
const urgent: ReadonlySet<string> = new Set(['in-doubt', 'failed', 'posting']);

export const WorklistPage = ({ renderTicket }: WithTickets) => {
  const { data, error, isPending, refetch } = useQuery(worklist);
  const mayApprove = useMay('invoice.approve');
  const about = data && howManyNeed(data, mayApprove ? 'you' : 'an administrator');
  return (
    <Page title="Worklist" about={about}>
      {error !== null && <ProblemNotice error={error} onRetry={refetch} />}
      {isPending && <TableSkeleton rows={4} />}
      {data !== undefined && <Work list={data} renderTicket={renderTicket} />}
    </Page>
  );
};

const howManyNeed = (list: Worklist, whom: string): string | undefined => {
  const next = nextStepOf(setUpSteps(list));
  const count = countOf(list);
  if (next !== undefined)
    return next.act === undefined ? `Nothing needs ${whom} now.` : `Setting up: the next step needs ${whom}.`;
  if (count === 0) return undefined;
  return count === 1 ? `One thing needs ${whom}.` : `${count} things need ${whom}.`;
};

const Work = ({ list, renderTicket }: { list: Worklist } & WithTickets) => {
  const steps = setUpSteps(list);
  const isSetUp = nextStepOf(steps) === undefined;
  // While it is being set up, what is not connected yet is a step of that.
  const connections = connectionWork(list.connections).filter(({ state }) => isSetUp || state !== 'missing');
  return (
    <>
      {isSetUp && countOf(list) === 0 && <NothingToDo setUp={list.setUp} />}
      {!isSetUp && <SetUpGroup steps={steps} />}
      {connections.length > 0 && <ConnectionGroup work={connections} />}
      {list.invoices
        .filter(({ status }) => urgent.has(status))
        .map((work) => (
          <InvoiceGroup key={work.status} work={work} />
        ))}
      {list.periods.length > 0 && <PeriodGroup months={list.periods} />}
      {list.stoppedRuns.length > 0 && <RunGroup runs={list.stoppedRuns} />}
      {list.exceptions.map((work) => (
        <ExceptionGroup key={work.code} work={work} renderTicket={renderTicket} />
      ))}
      {list.invoices
        .filter(({ status }) => !urgent.has(status))
        .map((work) => (
          <InvoiceGroup key={work.status} work={work} />
        ))}
    </>
  );
};

const NothingToDo = ({ setUp: { usageSyncedAt, invoicedAt, invoicedPeriod } }: Pick<Worklist, 'setUp'>) => {
  const { timeZone } = useMe().tenant;
  return (
    <EmptyState icon={CircleCheckBig} title="Nothing needs you">
      {usageSyncedAt !== null && `Usage was last read on ${formatInstant(usageSyncedAt, timeZone)}. `}
      {invoicedAt !== null &&
        invoicedPeriod !== null &&
        `The invoices of ${formatMonth(invoicedPeriod)} were drafted on ${formatInstant(invoicedAt, timeZone)}. `}
      No invoice waits, and nothing is left unbilled. What needs a person shows up here.
    </EmptyState>
  );
};
