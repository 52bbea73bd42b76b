import type { BillingException } from '@legendops/billing/contract';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { AskFirst } from '../../components/ask-first.tsx';
import { Status } from '../../components/status.tsx';
import { formatMonth } from '../../lib/calendar.ts';
import { formatMoney } from '../../lib/money.ts';
import { useDismissException } from './dismiss-exception.ts';
import { exceptionState } from './exception-state.ts';
import { WayOutLink } from './way-out.tsx';
import { WorkItem } from './work-group.tsx';

/** What the service desk has of an exception, which is another feature's. */
export interface WithTickets {
  renderTicket: (exception: BillingException) => ReactNode;
}

/** One exception: whose, how much, what and what to do about it. */
export const ExceptionItem = ({ exception, renderTicket }: { exception: BillingException } & WithTickets) => {
  const { customerName, detail, nextStep, period, amount } = exception;
  const more = [
    ...(period === null ? [] : [formatMonth(period)]),
    ...(amount === null ? [] : [formatMoney(amount.amountMinor, amount.currency)]),
  ];
  // Apart from the rest: a name that is written from right to left would put its neighbours out of order.
  const title = (
    <>
      <bdi>{customerName ?? 'No customer yet'}</bdi>
      {more.map((part) => `, ${part}`)}
    </>
  );
  return (
    <WorkItem
      status={
        <Status tone="warn" icon={CircleAlert}>
          {exceptionState(exception)}
        </Status>
      }
      title={title}
      detail={detail}
      nextStep={nextStep}
      action={
        <div className="flex max-w-xs flex-wrap gap-1">
          <WayOutLink exception={exception} />
          {renderTicket(exception)}
          <Dismiss exception={exception} title={title} />
        </div>
      }
    />
  );
};

/** A person has seen to it outside of here: it goes, until a run has something else to say about it. */
const Dismiss = ({ exception, title }: { exception: BillingException; title: ReactNode }) => {
  const { id, detail: about, acts } = exception;
  const dismissal = useDismissException();
  return (
    <AskFirst
      subject={id}
      act={dismissal}
      offered={acts.dismiss.may}
      look="quiet"
      label={`Dismiss: ${about}`}
      renderQuestion={() => ({
        title: 'Dismiss this exception?',
        confirm: 'Dismiss exception',
        look: 'danger',
        body: (
          <>
            <p>
              <strong>{title}</strong>: {about}
            </p>
            <p>Nothing is billed by this. It leaves the worklist for everybody, until a run finds it changed.</p>
          </>
        ),
      })}
    >
      Dismiss
    </AskFirst>
  );
};
