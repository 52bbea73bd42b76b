import { jsonValue, sql } from '../db/sql.ts';
import type { Transaction } from '../db/transaction.ts';

export interface OutgoingEvent {
  tenantId: string;
  topic: string;
  entityId: string;
  /** The version of the entity after the change: consumers ignore versions that they already have. */
  entityVersion: number;
  payload: Record<string, unknown>;
}

/** Appends to the feed in the transaction of the change: both happen or neither. */
export const appendEvents = async (transaction: Transaction, events: readonly OutgoingEvent[]): Promise<void> => {
  if (events.length === 0) return;
  await transaction.change(sql`
    insert into app.outbox (tenant_id, topic, entity_id, entity_version, payload)
    select e."tenantId", e.topic, e."entityId", e."entityVersion", e.payload
    from jsonb_to_recordset(${jsonValue(events)}::jsonb)
      e ("tenantId" uuid, topic text, "entityId" uuid, "entityVersion" integer, payload jsonb)`);
};
