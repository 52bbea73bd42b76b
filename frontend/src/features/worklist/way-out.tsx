import type { BillingException, WayOut } from '@legendops/billing/contract';
import type { ReactNode } from 'react';
import { ButtonLink } from '../../components/button-link.tsx';

type Exception = Pick<BillingException, 'customerId' | 'invoiceId' | 'period'>;

const links: Record<WayOut, (exception: Exception) => ReactNode> = {
  prices: () => <ButtonLink to="/prices">Price rules</ButtonLink>,
  import: () => <ButtonLink to="/customers">Import</ButtonLink>,
  periods: () => <ButtonLink to="/periods">See months</ButtonLink>,
  connections: () => <ButtonLink to="/connections">Connect</ButtonLink>,
  links: () => <ButtonLink to="/links">Open links</ButtonLink>,
  invoice: ({ invoiceId }) =>
    invoiceId !== null && (
      <ButtonLink to="/invoices/$invoiceId" params={{ invoiceId }}>
        Open invoice
      </ButtonLink>
    ),
  reconciliation: ({ period }) => (
    <ButtonLink to="/reconciliation" search={{ month: period ?? undefined }}>
      See differences
    </ButtonLink>
  ),
  customer: ({ customerId }) =>
    customerId !== null && (
      <ButtonLink to="/customers/$customerId" params={{ customerId }}>
        Open customer
      </ButtonLink>
    ),
};

/** Where the next step is taken, as far as the service knows a place for this person. */
export const WayOutLink = ({ exception }: { exception: Exception & Pick<BillingException, 'wayOut'> }) =>
  exception.wayOut === null ? null : links[exception.wayOut](exception);
