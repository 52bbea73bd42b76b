import { InvoicePage } from '../../features/invoices/invoice-page.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';

export const InvoiceRoute = ({ params }: PageProps<'/invoices/$invoiceId'>) => (
  <InvoicePage invoiceId={params.invoiceId} />
);
