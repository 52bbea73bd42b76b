import type { Feed } from '../contract/feed.ts';
import { jsonValue, sql } from '../db/sql.ts';
import type { Transaction } from '../db/transaction.ts';

export interface OutgoingEvent<Payload> {
  tenantId: string;
  entityId: string;
  /** The version of the entity after the change: consumers ignore versions that they already have. */
  entityVersion: number;
  payload: Payload;
}

/** Appends to the feed in the transaction of the change: both happen or neither. */
export const appendEvents = async <Payload>(
  transaction: Transaction,
  { topic }: Feed<Payload>,
  events: readonly OutgoingEvent<NoInfer<Payload>>[],
): Promise<void> => {
  if (events.length === 0) return;
  await transaction.change(sql`
    insert into app.outbox (tenant_id, topic, entity_id, entity_version, payload)
    select e."tenantId", ${topic}, e."entityId", e."entityVersion", e.payload
    from jsonb_to_recordset(${jsonValue(events)}::jsonb)
      e ("tenantId" uuid, "entityId" uuid, "entityVersion" integer, payload jsonb)`);
};
