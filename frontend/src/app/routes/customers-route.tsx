import { CustomersPage } from '../../features/customers/customers-page.tsx';
import { useRouting } from '../../lib/router/router.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';

export const CustomersRoute = ({ search: { search } }: PageProps<'/customers'>) => {
  const { navigate } = useRouting();
  return (
    <CustomersPage
      search={search}
      onSearch={(text) => navigate({ to: '/customers', search: { search: text } }, 'replace')}
    />
  );
};
