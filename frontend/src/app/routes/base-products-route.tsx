import { BaseProductsPage } from '../../features/products/base-products-page.tsx';
import { useRouting } from '../../lib/router/router.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';

export const BaseProductsRoute = ({ search: { search } }: PageProps<'/products/base'>) => {
  const { navigate } = useRouting();
  return (
    <BaseProductsPage
      search={search}
      onSearch={(text) => navigate({ to: '/products/base', search: { search: text } }, 'replace')}
    />
  );
};
