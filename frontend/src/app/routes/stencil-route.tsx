import { StencilPage } from '../../features/stencils/stencil-page.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';
import { useRouting } from '../../lib/router/router.tsx';

export const StencilRoute = ({ params, search }: PageProps<'/stencils/$stencilId'>) => {
  const { navigate } = useRouting();
  return (
    <StencilPage
      stencilId={params.stencilId}
      view={search}
      onView={(changed) =>
        navigate({ to: '/stencils/$stencilId', params, search: { ...search, ...changed } }, 'replace')
      }
    />
  );
};
