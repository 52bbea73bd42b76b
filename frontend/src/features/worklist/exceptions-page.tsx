import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { CircleCheckBig } from 'lucide-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Page } from '../../components/page.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { exceptionPages } from '../../lib/queries/runs.ts';
import { worklist } from '../../lib/queries/worklist.ts';
import { howMany } from './exception-group.tsx';
import { ExceptionItem, type WithTickets } from './exception-item.tsx';

/** Every open exception, or all of one cause, newest first. */
export const ExceptionsPage = ({ code, renderTicket }: { code: string | undefined } & WithTickets) => {
  const { data } = useQuery(worklist);
  const shown = data?.exceptions.find((kind) => kind.code === code);
  return (
    <Page
      title="Exceptions"
      about={
        <span className="flex flex-wrap gap-x-3">
          <TextLink to="/">Back to the worklist</TextLink>
          {code !== undefined && <TextLink to="/exceptions">Show all causes</TextLink>}
        </span>
      }
    >
      {shown && (
        <div>
          <h2 className="text-lead font-semibold">{shown.title}</h2>
          <p className="text-muted">{howMany(shown)}</p>
        </div>
      )}
      <ListView query={useInfiniteQuery(exceptionPages({ code }))} empty={<NoExceptions />}>
        {(exceptions) => (
          <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
            {exceptions.map((exception) => (
              <ExceptionItem key={exception.id} exception={exception} renderTicket={renderTicket} />
            ))}
          </ul>
        )}
      </ListView>
    </Page>
  );
};

const NoExceptions = () => (
  <EmptyState icon={CircleCheckBig} title="Nothing of this kind is open">
    A run opens exceptions for what it cannot bill, and closes them once the cause is gone.
  </EmptyState>
);
