import { InvoicePage } from '../../features/invoices/invoice-page.tsx';
import type { PageProps } from '../pages.ts';

export const InvoiceRoute = ({ params }: PageProps<'/invoices/$invoiceId'>) => (
  <InvoicePage invoiceId={params.invoiceId} />
);
