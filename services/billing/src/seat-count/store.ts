import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { subscriptionVersions } from '../pax8/subscription-versions.ts';
import type { SubscriptionVersion } from '../rating/rating-values.ts';
import type { SeatCustomer } from './count-seats.ts';

interface SeatInput {
  readAt: string | null;
  unreadable: number;
  customers: SeatCustomer[];
  subscriptions: SubscriptionVersion[];
}

export interface SeatCountStore {
  input(scope: Scope): Promise<SeatInput>;
}

export const seatCountStore = (database: TenantDatabase): SeatCountStore => ({
  input: async (scope) => {
    const [customers, subscriptions, [known]] = await database.readAll<
      [SeatCustomer, SubscriptionVersion, { readAt: string | null; unreadable: number }]
    >(scope, [
      sql`
        select id, name, pax8_company_id as "pax8CompanyId" from billing.customers
        where pax8_company_id is not null and state = 'active' order by pax8_company_id, id`,
      subscriptionVersions,
      sql`
        select (select max(finished_at) from billing.runs where job = 'usage-sync' and state = 'done') as "readAt",
          (select count(*)::integer from billing.exceptions where code = 'record.unreadable' and resolved_at is null
            and subject_key like 'pax8:subscription:%') as unreadable`,
    ]);
    return { readAt: known?.readAt ?? null, unreadable: known?.unreadable ?? 0, customers, subscriptions };
  },
});
