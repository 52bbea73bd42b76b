import { customerFeed } from '@legendops/kit/contract/customer-feed';
import type { FeedEvent } from '@legendops/kit/contract/feed';
import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { Log } from '@legendops/kit/log/logger';
import type { z } from 'zod';

type Customer = Omit<FeedEvent, 'payload' | 'cursor'> & z.infer<typeof customerFeed.payload>;

// Left out, and told: thrown here it would come again for ever, and no tenant's customers would come past it.
const readable = (events: readonly FeedEvent[], log: Log): Customer[] =>
  events.flatMap(({ tenantId, entityId, entityVersion, payload }) => {
    const { data, error } = customerFeed.payload.safeParse(payload);
    if (data) return [{ tenantId, entityId, entityVersion, ...data }];
    log.error({ err: error, tenantId, customer: entityId, version: entityVersion }, 'customer could not be read');
    return [];
  });

// One statement must not touch a row twice. The feed follows transactions, so a later event may carry an older version.
const newest = (customers: readonly Customer[]): Customer[] => {
  const highest = new Map<string, Customer>();
  for (const customer of customers) {
    const key = `${customer.tenantId}/${customer.entityId}`;
    const before = highest.get(key);
    if (!before || before.entityVersion < customer.entityVersion) highest.set(key, customer);
  }
  return [...highest.values()];
};

/** Applies portal's customers to our copy. An older version than ours is ignored; a tenant that is gone stays gone. */
export const applyCustomers = async (
  transaction: Transaction,
  events: readonly FeedEvent[],
  log: Log,
): Promise<void> => {
  const rows = newest(readable(events, log)).map(
    ({ tenantId, entityId, entityVersion, name, pax8CompanyId, state }) => ({
      tenant_id: tenantId,
      id: entityId,
      name,
      pax8_company_id: pax8CompanyId,
      state,
      entity_version: entityVersion,
    }),
  );
  await transaction.change(sql`
    insert into billing.customers as c (tenant_id, id, name, pax8_company_id, state, entity_version)
    select e.tenant_id, e.id, e.name, e.pax8_company_id, e.state, e.entity_version
    from jsonb_to_recordset(${jsonValue(rows)}::jsonb)
      e (tenant_id uuid, id uuid, name text, pax8_company_id uuid, state text, entity_version integer)
    where exists (select from app.tenants t where t.id = e.tenant_id)
    on conflict (tenant_id, id) do update set name = excluded.name, pax8_company_id = excluded.pax8_company_id,
      state = excluded.state, entity_version = excluded.entity_version, updated_at = now()
    where c.entity_version < excluded.entity_version`);
};
