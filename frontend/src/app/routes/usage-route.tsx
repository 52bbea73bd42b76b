import { Link, getRouteApi } from '@tanstack/react-router';
import { UsagePage } from '../../features/usage/usage-page.tsx';
import type { UsageSearch } from '../search-params.ts';

const route = getRouteApi('/usage');

export const UsageRoute = () => {
  const { view, customerId, from, to } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <UsagePage
      view={view ?? 'days'}
      filter={{ customerId, from, to }}
      onFilter={(changed) => void navigate({ to: '.', search: (now) => ({ ...now, ...changed }), replace: true })}
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
