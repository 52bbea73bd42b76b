import { AuditPage } from '../../features/audit/audit-page.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';
import { useRouting } from '../../lib/router/router.tsx';

export const AuditRoute = ({ search }: PageProps<'/audit'>) => {
  const { navigate } = useRouting();
  return (
    <AuditPage
      filter={search}
      onFilter={(changed) => navigate({ to: '/audit', search: { ...search, ...changed } }, 'replace')}
    />
  );
};
