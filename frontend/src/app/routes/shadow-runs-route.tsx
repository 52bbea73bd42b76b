import { ShadowRunsPage } from '../../features/shadow-runs/shadow-runs-page.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';
import { useRouting } from '../../lib/router/router.tsx';

export const ShadowRunsRoute = ({ search }: PageProps<'/shadow-runs'>) => {
  const { navigate } = useRouting();
  return (
    <ShadowRunsPage
      view={search}
      onView={(changed) => navigate({ to: '/shadow-runs', search: { ...search, ...changed } }, 'replace')}
    />
  );
};
