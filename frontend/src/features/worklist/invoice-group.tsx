import type { InvoiceWork } from '@legendops/billing/worklist/contract';
import { ButtonLink } from '../../components/button-link.tsx';
import { InvoiceState } from '../../components/invoice-state.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatPeriod } from '../../lib/calendar.ts';
import { formatMoney, moneyWords } from '../../lib/money.ts';
import { WorkGroup, WorkItem } from './work-group.tsx';

type Status = InvoiceWork['status'];

const titles: Record<Status, string> = {
  'in-doubt': 'In doubt at QuickBooks',
  failed: 'Not posted',
  posting: 'Still on its way to QuickBooks',
  draft: 'Awaiting approval',
  approved: 'Ready to post',
};

/** Invoices of one status: how many, how much, the largest of them, and the way to all. */
export const InvoiceGroup = ({ work }: { work: InvoiceWork }) => {
  const { status, count, totals, nextStep, largest } = work;
  return (
    <WorkGroup
      title={titles[status]}
      about={`${count === 1 ? 'One invoice' : `${count} invoices`}, ${moneyWords(totals)}`}
      footer={
        count > largest.length && (
          <p>
            <TextLink to="/invoices" search={{ status }}>
              All {count}
            </TextLink>
            <span className="text-muted"> (the largest are shown here)</span>
          </p>
        )
      }
    >
      {largest.map(({ id, customerName, periodStart, periodEnd, totalMinor, currency, reason }) => (
        <WorkItem
          key={id}
          status={<InvoiceState status={status} />}
          title={customerName}
          detail={
            <>
              {formatPeriod(periodStart, periodEnd)}, {formatMoney(totalMinor, currency)}
              {reason !== null && <span className="block text-pretty">{reason}</span>}
            </>
          }
          nextStep={nextStep}
          action={
            <ButtonLink to="/invoices/$invoiceId" params={{ invoiceId: id }}>
              Open invoice
            </ButtonLink>
          }
        />
      ))}
    </WorkGroup>
  );
};
