import type { ProductFacets, ProductFilter } from '@legendops/catalog/contract';
import { useQuery } from '@tanstack/react-query';
import { SelectField } from '../../components/fields.tsx';
import { catalogFacets, categories } from '../../lib/queries/catalog.ts';
import { useMe } from '../../lib/session.ts';
import { kindWord, lifecycleWord } from './product-words.tsx';

interface FacetFilterProps {
  filter: ProductFilter;
  onFilter: (changed: ProductFilter) => void;
}

interface FacetProps {
  label: string;
  all: string;
  chosen: string | undefined;
  choices: ProductFacets['kinds'] | undefined;
  wordOf?: (value: string) => string;
  onChoose: (value: string | undefined) => void;
}

const none: ProductFacets['kinds'] = [];
const same = (value: string): string => value;

/** One way to narrow the list down, each choice with how many products it would leave. */
const Facet = ({ label, all, chosen, choices = none, wordOf = same, onChoose }: FacetProps) => {
  // What the address says is shown as chosen, also where it leaves nothing.
  const missing = chosen !== undefined && !choices.some(({ value }) => value === chosen);
  return (
    <div className="w-48 max-sm:w-full">
      <SelectField
        label={label}
        value={chosen ?? ''}
        onChange={({ currentTarget: { value } }) => onChoose(value === '' ? undefined : value)}
      >
        <option value="">{all}</option>
        {missing && <option value={chosen}>{wordOf(chosen)} (0)</option>}
        {choices.map(({ value, count }) => (
          <option key={value} value={value}>
            {wordOf(value)} ({count})
          </option>
        ))}
      </SelectField>
    </div>
  );
};

export const FacetFilter = ({ filter, onFilter }: FacetFilterProps) => {
  const isGuest = useMe().member.customerId !== null;
  const { data } = useQuery(catalogFacets(filter));
  const { data: tree } = useQuery(categories);
  const categoryWord = (id: string): string => tree?.find((category) => category.id === id)?.path ?? 'One category';
  // A category that has no product itself leads to those below it.
  const filed = new Map(data?.categories.map(({ value, count }) => [value, count]));
  const categoryChoices = tree
    ?.map(({ id, path }) => ({
      value: id,
      count: tree
        .filter((other) => other.path === path || other.path.startsWith(`${path} > `))
        .reduce((sum, other) => sum + (filed.get(other.id) ?? 0), 0),
    }))
    .filter(({ count }) => count > 0);
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Facet
        label="Category"
        all="All categories"
        chosen={filter.categoryId}
        choices={categoryChoices}
        wordOf={categoryWord}
        onChoose={(categoryId) => onFilter({ categoryId })}
      />
      <Facet
        label="Manufacturer"
        all="All manufacturers"
        chosen={filter.manufacturer}
        choices={data?.manufacturers}
        onChoose={(manufacturer) => onFilter({ manufacturer })}
      />
      <Facet
        label="Kind"
        all="All kinds"
        chosen={filter.kind}
        choices={data?.kinds}
        wordOf={kindWord}
        onChoose={(kind) => onFilter({ kind: kind as ProductFilter['kind'] })}
      />
      <Facet
        label="Lifecycle"
        all="All"
        chosen={filter.lifecycle}
        choices={data?.lifecycles}
        wordOf={lifecycleWord}
        onChoose={(lifecycle) => onFilter({ lifecycle: lifecycle as ProductFilter['lifecycle'] })}
      />
      {!isGuest && (
        <SelectField
          label="Customers see it"
          value={filter.isPublished ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onFilter({ isPublished: value === '' ? undefined : (value as ProductFilter['isPublished']) })
          }
        >
          <option value="">All</option>
          <option value="true">Published</option>
          <option value="false">Internal</option>
        </SelectField>
      )}
    </div>
  );
};
