import type { FeedEvent } from '@legendops/kit/contract/feed';
import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import { z } from 'zod';

const Payload = z.object({
  name: z.string(),
  pax8CompanyId: z.uuid().nullable(),
  state: z.enum(['active', 'archived']),
});

/** Applies portal's customers to our copy. An older version than ours is ignored; a tenant that is gone stays gone. */
export const applyCustomers = async (transaction: Transaction, events: readonly FeedEvent[]): Promise<void> => {
  // One statement must not touch a row twice. The feed follows transactions, so a later event may carry an older version.
  const highest = new Map<string, FeedEvent>();
  for (const event of events) {
    const key = `${event.tenantId}/${event.entityId}`;
    const before = highest.get(key);
    if (!before || before.entityVersion < event.entityVersion) highest.set(key, event);
  }
  const rows = [...highest.values()].map(({ tenantId, entityId, entityVersion, payload }) => {
    const { name, pax8CompanyId, state } = Payload.parse(payload);
    return {
      tenant_id: tenantId,
      id: entityId,
      name,
      pax8_company_id: pax8CompanyId,
      state,
      entity_version: entityVersion,
    };
  });
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
