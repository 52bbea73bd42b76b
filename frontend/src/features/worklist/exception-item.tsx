import type { BillingException } from '@legendops/billing/contract';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { AskFirst } from '../../components/ask-first.tsx';
import { ButtonLink } from '../../components/button-link.tsx';
import { Status } from '../../components/status.tsx';
import { formatMonth } from '../../lib/calendar.ts';
import { formatMoney } from '../../lib/money.ts';
import { useMay } from '../../lib/session.ts';
import { useDismissException } from './dismiss-exception.ts';
import { WorkItem } from './work-group.tsx';

/** One exception: whose, how much, what and what to do about it. */
export const ExceptionItem = ({ exception, state }: { exception: BillingException; state: string }) => {
  const { id, code, customerId, customerName, detail, nextStep, period, amount } = exception;
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
          {state}
        </Status>
      }
      title={title}
      detail={detail}
      nextStep={nextStep}
      action={
        <div className="flex max-w-xs flex-wrap gap-1">
          <WayOut code={code} customerId={customerId} />
          <Dismiss id={id} title={title} about={detail} />
        </div>
      }
    />
  );
};

/** Where the next step is taken, as far as the code tells. */
const WayOut = ({ code, customerId }: Pick<BillingException, 'code' | 'customerId'>) => {
  const maySetPrices = useMay('price-rule.write');
  const mayImport = useMay('customer.import');
  if (maySetPrices && (code.startsWith('price.') || code === 'cost.missing'))
    return <ButtonLink to="/prices">Price rules</ButtonLink>;
  if (mayImport && code === 'customer.unmatched') return <ButtonLink to="/customers">Import</ButtonLink>;
  return customerId === null ? null : (
    <ButtonLink to="/customers/$customerId" params={{ customerId }}>
      Open customer
    </ButtonLink>
  );
};

/** A person has seen to it outside of here: it goes, until a run has something else to say about it. */
const Dismiss = ({ id, title, about }: { id: string; title: ReactNode; about: string }) => {
  const mayDismiss = useMay('invoice.approve');
  const dismissal = useDismissException();
  return (
    <AskFirst
      subject={id}
      act={dismissal}
      offered={mayDismiss}
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
