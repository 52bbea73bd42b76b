import { CablingPage } from '../../features/cabling/cabling-page.tsx';
import { useRouting } from '../../lib/router/router.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';

export const CablingRoute = ({ search: { search } }: PageProps<'/cabling'>) => {
  const { navigate } = useRouting();
  return (
    <CablingPage
      search={search}
      onSearch={(text) => navigate({ to: '/cabling', search: { search: text } }, 'replace')}
    />
  );
};
