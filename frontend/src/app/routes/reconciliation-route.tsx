import { ReconciliationPage } from '../../features/reconciliation/reconciliation-page.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';
import { useRouting } from '../../lib/router/router.tsx';

export const ReconciliationRoute = ({ search }: PageProps<'/reconciliation'>) => {
  const { navigate } = useRouting();
  return (
    <ReconciliationPage
      view={search}
      onView={(changed) => navigate({ to: '/reconciliation', search: { ...search, ...changed } }, 'replace')}
    />
  );
};
