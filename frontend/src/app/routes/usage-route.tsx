import { UsagePage } from '../../features/usage/usage-page.tsx';
import { Link } from '../../lib/router/link.tsx';
import { useRouting } from '../../lib/router/router.tsx';
import type { UsageSearch } from '../../lib/router/search-params.ts';
import type { PageProps } from '../../lib/router/addresses.ts';

export const UsageRoute = ({ search }: PageProps<'/usage'>) => {
  const { view, customerId, from, to } = search;
  const { navigate } = useRouting();
  return (
    <UsagePage
      view={view ?? 'days'}
      filter={{ customerId, from, to }}
      onFilter={(changed) => navigate({ to: '/usage', search: { ...search, ...changed } }, 'replace')}
      views={
        <nav aria-label="Views of usage" className="flex gap-5 border-b border-line">
          <View name="By day" search={{ customerId, from, to }} shown={view === undefined} />
          <View name="Subscriptions" search={{ customerId, view: 'subscriptions' }} shown={view !== undefined} />
        </nav>
      }
    />
  );
};

const View = ({ name, search, shown }: { name: string; search: UsageSearch; shown: boolean }) => (
  <Link
    to="/usage"
    search={search}
    aria-current={shown ? 'page' : undefined}
    className="-mb-px border-b-2 border-transparent pb-2 font-medium text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
  >
    {name}
  </Link>
);
