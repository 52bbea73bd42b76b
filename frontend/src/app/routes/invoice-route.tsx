import { getRouteApi } from '@tanstack/react-router';
import { InvoicePage } from '../../features/invoices/invoice-page.tsx';

const route = getRouteApi('/invoices/$invoiceId');

export const InvoiceRoute = () => <InvoicePage invoiceId={route.useParams().invoiceId} />;
