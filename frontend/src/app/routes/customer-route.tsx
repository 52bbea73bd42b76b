import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { CustomerPage } from '../../features/customers/customer-page.tsx';
import { InvoiceList } from '../../features/invoices/invoice-list.tsx';
import { SubscriptionList } from '../../features/usage/subscription-list.tsx';
import { UsageList } from '../../features/usage/usage-list.tsx';
import { useMay } from '../../lib/session.ts';
import type { PageProps } from '../../lib/router/addresses.ts';

/** One customer with what billing knows of it. */
export const CustomerRoute = ({ params: { customerId } }: PageProps<'/customers/$customerId'>) => {
  const mayReadInvoices = useMay('invoice.read');
  const mayReadUsage = useMay('usage.read');
  return (
    <CustomerPage customerId={customerId}>
      {mayReadInvoices && (
        <Section title="Invoices">
          <InvoiceList filter={{ customerId }} />
        </Section>
      )}
      {mayReadUsage && (
        <>
          <Section title="Subscriptions">
            <SubscriptionList customerId={customerId} />
          </Section>
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
        </>
      )}
    </CustomerPage>
  );
};
