import { ComparisonPage } from '../../features/stencils/comparison-page.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';
import { useRouting } from '../../lib/router/router.tsx';

export const ComparisonRoute = ({ params, search }: PageProps<'/stencils/$stencilId/comparison'>) => {
  const { navigate } = useRouting();
  return (
    <ComparisonPage
      stencilId={params.stencilId}
      asked={search}
      onAsk={(changed) =>
        navigate({ to: '/stencils/$stencilId/comparison', params, search: { ...search, ...changed } }, 'replace')
      }
    />
  );
};
