import { CustomerFilter } from '../../components/customer-filter.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { invoiceStates, invoiceStatuses } from '../../components/invoice-state.tsx';
import { Page } from '../../components/page.tsx';
import { paymentStateNames, paymentStates } from '../../components/payment-state.tsx';
import type { InvoiceFilter } from '../../lib/queries/invoices.ts';
import { useMay, useMe } from '../../lib/session.ts';
import { LimitButton } from './limit-button.tsx';
import { InvoiceList } from './invoice-list.tsx';
import { SaveInvoices } from './save-buttons.tsx';

interface InvoicesPageProps {
  filter: InvoiceFilter;
  onFilter: (changed: InvoiceFilter) => void;
}

export const InvoicesPage = ({ filter, onFilter }: InvoicesPageProps) => {
  const { customerId: own } = useMe().member;
  const seesLimits = useMay('approval-limit.read');
  const seesPayments = useMay('posting.read');
  return (
    <Page
      title="Invoices"
      about={
        own === null
          ? 'A draft is checked and approved by a person, then posted to QuickBooks once.'
          : 'What you are billed, month by month.'
      }
      actions={seesPayments && <SaveInvoices filter={filter} />}
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
        {seesPayments && (
          <SelectField
            label="Payment"
            value={filter.paymentState ?? ''}
            onChange={({ currentTarget: { value } }) =>
              onFilter({ paymentState: paymentStateNames.find((state) => state === value) })
            }
          >
            <option value="">All</option>
            {paymentStateNames.map((state) => (
              <option key={state} value={state}>
                {paymentStates[state].words.invoice}
              </option>
            ))}
          </SelectField>
        )}
        <MonthField label="From month" value={filter.from} onChoose={(from) => onFilter({ from })} />
        <MonthField label="To month" value={filter.to} onChoose={(to) => onFilter({ to })} />
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

const monthPattern = /^\d{4}-\d{2}$/;

interface MonthFieldProps {
  label: string;
  /** The first day of the month. */
  value: string | undefined;
  onChoose: (firstDay: string | undefined) => void;
}

const MonthField = ({ label, value, onChoose }: MonthFieldProps) => (
  <div className="w-40">
    <TextField
      label={label}
      type="month"
      value={value?.slice(0, 7) ?? ''}
      onChange={({ currentTarget: { value: month } }) => onChoose(monthPattern.test(month) ? `${month}-01` : undefined)}
    />
  </div>
);
