import { CustomersPage } from '../../features/customers/customers-page.tsx';
import { useRouting } from '../../lib/router/router.tsx';
import type { PageProps } from '../pages.ts';

export const CustomersRoute = ({ search: { search } }: PageProps<'/customers'>) => {
  const { navigate } = useRouting();
  return (
    <CustomersPage
      search={search}
      onSearch={(text) => navigate({ to: '/customers', search: { search: text } }, 'replace')}
    />
  );
};
