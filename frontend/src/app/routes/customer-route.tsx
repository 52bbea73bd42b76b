import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { CustomerPage } from '../../features/customers/customer-page.tsx';
import { ContractList } from '../../features/service-desk/contract-list.tsx';
import { ContactList } from '../../features/service-desk/contact-list.tsx';
import { DeviceList } from '../../features/service-desk/device-list.tsx';
import { TicketList } from '../../features/service-desk/ticket-list.tsx';
import { CustomerEvidence } from '../../features/evidence/customer-evidence.tsx';
import { InvoiceList } from '../../features/invoices/invoice-list.tsx';
import { SubscriptionList } from '../../features/usage/subscription-list.tsx';
import { UsageList } from '../../features/usage/usage-list.tsx';
import { useMay } from '../../lib/session.ts';
import type { PageProps } from '../../lib/router/addresses.ts';

/** One customer with what billing and the service desk know of it. */
export const CustomerRoute = ({ params: { customerId } }: PageProps<'/customers/$customerId'>) => {
  const mayReadInvoices = useMay('invoice.read');
  const mayReadUsage = useMay('usage.read');
  const mayReadEvidence = useMay('evidence.read');
  const mayReadDesk = useMay('service-desk.read');
  return (
    <CustomerPage customerId={customerId}>
      {mayReadInvoices && (
        <Section title="Invoices">
          <InvoiceList filter={{ customerId }} />
        </Section>
      )}
      {mayReadUsage && (
        <Section title="Subscriptions">
          <SubscriptionList customerId={customerId} />
        </Section>
      )}
      {mayReadEvidence && <CustomerEvidence customerId={customerId} />}
      {mayReadUsage && (
        <Section
          title="Usage"
          actions={
            <TextLink to="/usage" search={{ customerId }}>
              By date
            </TextLink>
          }
        >
          <UsageList filter={{ customerId }} />
        </Section>
      )}
      {mayReadDesk && (
        <>
          <TicketList customerId={customerId} />
          <ContractList customerId={customerId} />
          <DeviceList customerId={customerId} />
          <ContactList customerId={customerId} />
        </>
      )}
    </CustomerPage>
  );
};
