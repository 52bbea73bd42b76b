import type { Customer } from '@legendops/portal/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { BackLink } from '../../components/back-link.tsx';
import { Page } from '../../components/page.tsx';
import { PageView } from '../../components/page-view.tsx';
import { customerById } from '../../lib/queries/customers.ts';
import { useMay } from '../../lib/session.ts';
import { ChangeCustomer } from './change-customer.tsx';
import { CustomerState } from './customer-state.tsx';

interface CustomerPageProps {
  customerId: string;
  /** What other features know of this customer. */
  children: ReactNode;
}

export const CustomerPage = ({ customerId, children }: CustomerPageProps) => (
  <PageView query={useQuery(customerById(customerId))} title="Customer">
    {(customer) => <CustomerView customer={customer}>{children}</CustomerView>}
  </PageView>
);

const CustomerView = ({ customer, children }: { customer: Customer; children: ReactNode }) => {
  const mayWrite = useMay('customer.write');
  return (
    <Page
      title={customer.name}
      about={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <BackLink to="/customers">Back to list</BackLink>
          <CustomerState state={customer.state} />
          {customer.pax8CompanyId === null ? 'Not linked to a Pax8 company' : 'Linked to its Pax8 company'}
        </span>
      }
      actions={mayWrite && <ChangeCustomer customer={customer} />}
    >
      {children}
    </Page>
  );
};
