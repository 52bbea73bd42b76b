import type { BaseProduct } from '@legendops/catalog/base-catalog/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Library } from 'lucide-react';
import { ActProblem } from '../../components/act-problem.tsx';
import { BackLink } from '../../components/back-link.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { baseProductPages } from '../../lib/queries/catalog.ts';
import { useMay } from '../../lib/session.ts';
import { useTake } from './base-acts.ts';
import { BaseProductsTable } from './base-products-table.tsx';

interface BaseProductsPageProps {
  search: string | undefined;
  onSearch: (search: string | undefined) => void;
}

/** Products of the platform; what is in the own catalog already is marked. */
export const BaseProductsPage = ({ search, onSearch }: BaseProductsPageProps) => {
  const taking = useTake();
  const mayWrite = useMay('product.write');
  const take = (products: readonly BaseProduct[]) => taking.run({ products: products.map(({ key }) => ({ key })) });
  return (
    <Page
      title="From the base catalog"
      about={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <BackLink to="/products">Back to list</BackLink>
          Products that the platform keeps for everybody. What you add follows it, but for what you change.
        </span>
      }
    >
      <ActProblem error={taking.error} />
      <SearchField label="Search the base catalog" value={search ?? ''} onSearch={onSearch} />
      <ListView
        query={useInfiniteQuery(baseProductPages(search))}
        empty={search === undefined ? <NothingThere /> : <NoMatch />}
      >
        {(rows) => <BaseProductsTable rows={rows} pending={taking.pending} onTake={mayWrite ? take : undefined} />}
      </ListView>
    </Page>
  );
};

const NoMatch = () => (
  <EmptyState icon={Library} title="No product of the base catalog is like that">
    The search looks for words that begin so in names, numbers and descriptions. Leave out a word.
  </EmptyState>
);

const NothingThere = () => (
  <EmptyState icon={Library} title="The base catalog is empty">
    The team of the platform has put no products into it yet.
  </EmptyState>
);
