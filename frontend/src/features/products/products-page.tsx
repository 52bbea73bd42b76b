import type { Product, ProductFilter } from '@legendops/catalog/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { FolderTree, Library, Package, Upload } from 'lucide-react';
import { ActProblem } from '../../components/act-problem.tsx';
import { ButtonLink } from '../../components/button-link.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { catalogPages } from '../../lib/queries/catalog.ts';
import { useMay, useMe } from '../../lib/session.ts';
import { ChoosableProducts } from './choosable-products.tsx';
import { FacetFilter } from './facet-filter.tsx';
import { NewProductButton } from './new-product.tsx';
import { useSaveProducts } from './product-acts.ts';
import { PublishedState } from '../../components/published-state.tsx';
import { ProductPicture, ProductPicturesProvider } from './product-pictures.tsx';
import { BaseBadge, LifecycleState } from './product-words.tsx';

interface ProductsPageProps {
  filter: ProductFilter;
  onFilter: (changed: ProductFilter) => void;
}

export const ProductsPage = ({ filter, onFilter }: ProductsPageProps) => {
  const isGuest = useMe().member.customerId !== null;
  const mayWrite = useMay('product.write');
  const mayReadBase = useMay('base-product.read');
  const saving = useSaveProducts();
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <Page
      title="Products"
      about={isGuest ? 'What your provider offers you.' : 'What you sell and install: hardware, licences and services.'}
      actions={
        <>
          {mayWrite && (
            <>
              <NewProductButton />
              <ButtonLink to="/products/categories">
                <FolderTree aria-hidden />
                Manage categories
              </ButtonLink>
              <ButtonLink to="/products/import">
                <Upload aria-hidden />
                Import
              </ButtonLink>
            </>
          )}
          {mayReadBase && (
            <ButtonLink to="/products/base">
              <Library aria-hidden />
              Browse base catalog
            </ButtonLink>
          )}
          <ExportButton saving={saving}>Export</ExportButton>
        </>
      }
    >
      <ActProblem error={saving.error} />
      <SearchField label="Search products" value={filter.search ?? ''} onSearch={(search) => onFilter({ search })} />
      <FacetFilter filter={filter} onFilter={onFilter} />
      <ListView
        query={useInfiniteQuery(catalogPages(filter))}
        empty={isNarrowed ? <NoMatch /> : <NoProducts mayWrite={mayWrite} />}
      >
        {(products) => (
          <ProductPicturesProvider products={products}>
            {mayWrite ? (
              <ChoosableProducts columns={columns} products={products} />
            ) : (
              <DataTable caption="Products" columns={isGuest ? guestColumns : columns} rows={products} />
            )}
          </ProductPicturesProvider>
        )}
      </ListView>
    </Page>
  );
};

const guestColumns: Column<Product>[] = [
  {
    name: 'Product',
    cell: ({ id, name, description, base }) => (
      <span className="flex items-center gap-2.5">
        <ProductPicture productId={id} />
        <span className="min-w-0">
          <TextLink to="/products/$productId" params={{ productId: id }}>
            {name}
          </TextLink>{' '}
          {base !== null && <BaseBadge />}
          <span className="line-clamp-1 text-caption text-muted">{description}</span>
        </span>
      </span>
    ),
  },
  { name: 'SKU', from: 'sm', cell: ({ sku }) => sku },
  {
    name: 'Manufacturer',
    from: 'md',
    cell: ({ manufacturer, mpn }) => (
      <>
        {manufacturer}
        <span className="block text-caption text-muted">{mpn}</span>
      </>
    ),
  },
  { name: 'Lifecycle', cell: ({ lifecycle }) => <LifecycleState lifecycle={lifecycle} /> },
];

const columns: Column<Product>[] = [
  ...guestColumns,
  { name: 'Customers', from: 'lg', cell: ({ isPublished }) => <PublishedState isPublished={isPublished} /> },
];

const NoMatch = () => (
  <EmptyState icon={Package} title="No product is like that">
    The search looks for words that begin so in names, numbers and descriptions. Leave out a word, or widen the choices.
  </EmptyState>
);

const NoProducts = ({ mayWrite }: { mayWrite: boolean }) => (
  <EmptyState icon={Package} title="No products yet">
    {mayWrite
      ? 'Press “New product” for a single one, or “Import” for a table or device types of NetBox.'
      : 'Nothing has been entered here, or published for you.'}
  </EmptyState>
);
