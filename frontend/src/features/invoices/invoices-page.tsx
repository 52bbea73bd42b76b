import { CustomerFilter } from '../../components/customer-filter.tsx';
import { SelectField } from '../../components/fields.tsx';
import { invoiceStates, invoiceStatuses } from '../../components/invoice-state.tsx';
import { Page } from '../../components/page.tsx';
import type { InvoiceFilter } from '../../lib/queries/invoices.ts';
import { useMay, useMe } from '../../lib/session.ts';
import { LimitButton } from './limit-button.tsx';
import { InvoiceList } from './invoice-list.tsx';

interface InvoicesPageProps {
  filter: InvoiceFilter;
  onFilter: (changed: InvoiceFilter) => void;
}

export const InvoicesPage = ({ filter, onFilter }: InvoicesPageProps) => {
  const { customerId: own } = useMe().member;
  const seesLimits = useMay('approval-limit.read');
  return (
    <Page
      title="Invoices"
      about={
        own === null
          ? 'A draft is checked and approved by a person, then posted to QuickBooks once.'
          : 'What you are billed, month by month.'
      }
    >
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          label="Status"
          value={filter.status ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onFilter({ status: invoiceStatuses.find((status) => status === value) })
          }
        >
          <option value="">All</option>
          {invoiceStatuses.map((status) => (
            <option key={status} value={status}>
              {invoiceStates[status].word}
            </option>
          ))}
        </SelectField>
        <CustomerFilter
          own={own}
          customerId={filter.customerId}
          onChoose={(chosen) => onFilter({ customerId: chosen })}
        />
        {seesLimits && <LimitButton />}
      </div>
      <InvoiceList filter={{ ...filter, customerId: own ?? filter.customerId }} />
    </Page>
  );
};
