import { useQuery } from '@tanstack/react-query';
import { FolderTree } from 'lucide-react';
import { BackLink } from '../../components/back-link.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { categories, type NamedCategory } from '../../lib/queries/catalog.ts';
import { useMay } from '../../lib/session.ts';
import { ChangeCategory } from './change-category.tsx';
import { NewCategoryButton } from './new-category.tsx';

/** The tree that products are filed in, by the paths of its categories. */
export const CategoriesPage = () => {
  const mayWrite = useMay('product.write');
  return (
    <Page
      title="Categories"
      about={<BackLink to="/products">Back to list</BackLink>}
      actions={mayWrite && <NewCategoryButton />}
    >
      <QueryView query={useQuery(categories)}>
        {(tree) =>
          tree.length === 0 ? (
            <NoCategories />
          ) : (
            <DataTable caption="Categories" columns={mayWrite ? [...columns, acts] : columns} rows={tree} />
          )
        }
      </QueryView>
    </Page>
  );
};

const columns: Column<NamedCategory>[] = [
  {
    name: 'Category',
    cell: ({ id, path }) => (
      <TextLink to="/products" search={{ categoryId: id }}>
        {path}
      </TextLink>
    ),
  },
];

const acts: Column<NamedCategory> = {
  name: 'Acts',
  nameless: true,
  align: 'end',
  cell: (category) => <ChangeCategory category={category} />,
};

const NoCategories = () => (
  <EmptyState icon={FolderTree} title="No categories yet">
    An import makes those that its rows name. Press “New category” for a single one.
  </EmptyState>
);
