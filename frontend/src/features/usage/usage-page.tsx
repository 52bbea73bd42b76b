import type { ReactNode } from 'react';
import { CustomerFilter } from '../../components/customer-filter.tsx';
import { TextField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import type { UsageFilter } from '../../lib/queries/usage.ts';
import { useMe } from '../../lib/session.ts';
import { SubscriptionList } from './subscription-list.tsx';
import { UsageList } from './usage-list.tsx';

interface UsagePageProps {
  view: 'days' | 'subscriptions';
  filter: UsageFilter;
  onFilter: (changed: UsageFilter) => void;
  /** Links to the two views. */
  views: ReactNode;
}

export const UsagePage = ({ view, filter, onFilter, views }: UsagePageProps) => {
  // The people of a customer see that customer alone, so there is none to choose.
  const { customerId: own } = useMe().member;
  const shown = { ...filter, customerId: own ?? filter.customerId };
  return (
    <Page title="Usage" about="What was used, day by day, and the subscriptions behind it.">
      {views}
      <div className="flex flex-wrap items-end gap-3 empty:hidden">
        <CustomerFilter
          own={own}
          customerId={filter.customerId}
          onChoose={(chosen) => onFilter({ customerId: chosen })}
        />
        {view === 'days' && <DayFilter filter={filter} onFilter={onFilter} />}
      </div>
      {view === 'days' ? <UsageList filter={shown} /> : <SubscriptionList customerId={shown.customerId} />}
    </Page>
  );
};

const DayFilter = ({ filter: { from, to }, onFilter }: Pick<UsagePageProps, 'filter' | 'onFilter'>) => (
  <>
    <TextField
      label="From"
      type="date"
      value={from ?? ''}
      max={to}
      onChange={({ currentTarget }) => onFilter({ from: currentTarget.value || undefined })}
    />
    <TextField
      label="To"
      type="date"
      value={to ?? ''}
      min={from}
      onChange={({ currentTarget }) => onFilter({ to: currentTarget.value || undefined })}
    />
  </>
);
