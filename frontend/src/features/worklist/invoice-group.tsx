import type { Invoice } from '@legendops/billing/contract';
import { ButtonLink } from '../../components/button-link.tsx';
import { InvoiceState } from '../../components/invoice-state.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatPeriod } from '../../lib/calendar.ts';
import { formatMoney } from '../../lib/money.ts';
import { WorkGroup, WorkItem } from './work-group.tsx';

const shown = 8;

interface InvoiceGroupProps {
  title: string;
  status: Invoice['status'];
  invoices: Invoice[];
  more: boolean;
  nextStep: string;
}

export const InvoiceGroup = ({ title, status, invoices, more, nextStep }: InvoiceGroupProps) => (
  <WorkGroup
    title={title}
    count={invoices.length}
    more={more}
    footer={
      invoices.length > shown && (
        <p>
          <TextLink to="/invoices" search={{ status }}>
            All of them
          </TextLink>
        </p>
      )
    }
  >
    {invoices.slice(0, shown).map((invoice) => (
      <WorkItem
        key={invoice.id}
        status={<InvoiceState status={invoice.status} />}
        title={invoice.customerName}
        detail={`${formatPeriod(invoice.periodStart, invoice.periodEnd)}, ${formatMoney(invoice.totalMinor, invoice.currency)}`}
        nextStep={nextStep}
        action={
          <ButtonLink to="/invoices/$invoiceId" params={{ invoiceId: invoice.id }}>
            Open invoice
          </ButtonLink>
        }
      />
    ))}
  </WorkGroup>
);
