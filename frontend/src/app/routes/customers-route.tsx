import { getRouteApi } from '@tanstack/react-router';
import { CustomersPage } from '../../features/customers/customers-page.tsx';

const route = getRouteApi('/customers');

export const CustomersRoute = () => {
  const { search } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <CustomersPage
      search={search}
      onSearch={(text) => void navigate({ to: '.', search: { search: text || undefined }, replace: true })}
    />
  );
};
