import type { BillingException } from '@legendops/billing/contract';
import { CircleAlert } from 'lucide-react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
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
  return (
    <WorkItem
      status={
        <Status tone="warn" icon={CircleAlert}>
          {state}
        </Status>
      }
      // Apart from the rest: a name that is written from right to left would put its neighbours out of order.
      title={
        <>
          <bdi>{customerName ?? 'No customer yet'}</bdi>
          {more.map((part) => `, ${part}`)}
        </>
      }
      detail={detail}
      nextStep={nextStep}
      action={
        <div className="flex max-w-xs flex-wrap gap-1">
          <WayOut code={code} customerId={customerId} />
          <Dismiss id={id} about={detail} />
        </div>
      }
    />
  );
};

/** Where the next step is taken, as far as the code tells. */
const WayOut = ({ code, customerId }: Pick<BillingException, 'code' | 'customerId'>) => {
  const maySetPrices = useMay('price-rule.write');
  const mayImport = useMay('customer.import');
  if (maySetPrices && code.startsWith('price.')) return <ButtonLink to="/prices">Price rules</ButtonLink>;
  if (mayImport && code === 'customer.unmatched') return <ButtonLink to="/customers">Import</ButtonLink>;
  return customerId === null ? null : (
    <ButtonLink to="/customers/$customerId" params={{ customerId }}>
      Open customer
    </ButtonLink>
  );
};

/** A person has seen to it outside of here: it goes, until a run has something else to say about it. */
const Dismiss = ({ id, about }: { id: string; about: string }) => {
  const mayDismiss = useMay('invoice.approve');
  const dismissal = useDismissException();
  return mayDismiss ? (
    <>
      <Button
        look="quiet"
        aria-label={`Dismiss: ${about}`}
        pending={dismissal.pending}
        onClick={() => dismissal.run(id)}
      >
        Dismiss
      </Button>
      <ActProblem error={dismissal.error} />
    </>
  ) : null;
};
