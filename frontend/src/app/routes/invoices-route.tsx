import { getRouteApi } from '@tanstack/react-router';
import { InvoicesPage } from '../../features/invoices/invoices-page.tsx';

const route = getRouteApi('/invoices');

export const InvoicesRoute = () => {
  const { status, customerId } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <InvoicesPage
      filter={{ status, customerId }}
      onFilter={(changed) => void navigate({ to: '.', search: (now) => ({ ...now, ...changed }), replace: true })}
    />
  );
};
