import { StencilsPage } from '../../features/stencils/stencils-page.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';
import { useRouting } from '../../lib/router/router.tsx';

export const StencilsRoute = ({ search: { search } }: PageProps<'/stencils'>) => {
  const { navigate } = useRouting();
  return (
    <StencilsPage
      search={search}
      onSearch={(wanted) => navigate({ to: '/stencils', search: { search: wanted } }, 'replace')}
    />
  );
};
