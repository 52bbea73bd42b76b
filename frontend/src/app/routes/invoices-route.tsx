import { InvoicesPage } from '../../features/invoices/invoices-page.tsx';
import { useRouting } from '../../lib/router/router.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';

export const InvoicesRoute = ({ search }: PageProps<'/invoices'>) => {
  const { navigate } = useRouting();
  return (
    <InvoicesPage
      filter={search}
      onFilter={(changed) => navigate({ to: '/invoices', search: { ...search, ...changed } }, 'replace')}
    />
  );
};
