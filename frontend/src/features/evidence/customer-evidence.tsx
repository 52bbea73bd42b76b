import { useQuery } from '@tanstack/react-query';
import { customerById } from '../../lib/queries/customers.ts';
import { ContactList } from './contact-list.tsx';
import { OrderList } from './order-list.tsx';

/** What Pax8 knows of a customer: of one that is no company there it knows nothing, and is not asked. */
export const CustomerEvidence = ({ customerId }: { customerId: string }) => {
  const { data: customer } = useQuery(customerById(customerId));
  return customer === undefined || customer.pax8CompanyId === null ? null : (
    <>
      <OrderList customerId={customerId} />
      <ContactList customerId={customerId} />
    </>
  );
};
