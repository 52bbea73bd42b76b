import { ProductsPage } from '../../features/products/products-page.tsx';
import { useRouting } from '../../lib/router/router.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';

export const ProductsRoute = ({ search }: PageProps<'/products'>) => {
  const { navigate } = useRouting();
  return (
    <ProductsPage
      filter={search}
      onFilter={(changed) => navigate({ to: '/products', search: { ...search, ...changed } }, 'replace')}
    />
  );
};
