import { asNobody } from '@legendops/kit/audit/audit';
import { AuditPayload } from '@legendops/kit/contract/audit-payload';
import type { FeedEvent } from '@legendops/kit/contract/feed';
import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { Log } from '@legendops/kit/log/logger';
import type { AuditService } from '../contract.ts';
import { hashOf, noEntry, type ChainedEntry, type ChainEnd } from './chain.ts';

interface Batch {
  source: AuditService;
  tenantId: string;
  events: readonly FeedEvent[];
  log: Log;
}

// Left out it would be a gap that nobody sees; thrown here it would come again for ever, and no entry would come past it.
const payloadOf = ({ source, tenantId, log }: Batch, { entityId, payload }: FeedEvent): AuditPayload => {
  const { data, error } = AuditPayload.safeParse(payload);
  if (data) return data;
  log.error({ err: error, tenantId, entry: entityId, source }, 'audit entry could not be read');
  return {
    happenedAt: new Date().toISOString(),
    act: 'entry.unreadable',
    author: asNobody('service', source),
    subject: { type: 'event', id: entityId, name: 'What was done stands in the log of the portal service' },
    changes: [],
    requestId: null,
    traceId: null,
  };
};

// Held until the transaction ends: feeds of several services write into one chain, one after another.
const lockEnd = async (transaction: Transaction, tenantId: string): Promise<ChainEnd> => {
  await transaction.change(sql`
    insert into portal.audit_heads (tenant_id, position, hash) values (${tenantId}, ${noEntry.position}, ${noEntry.hash})
    on conflict do nothing`);
  const end = await transaction.row(sql<ChainEnd>`select position, hash from portal.audit_heads for update`);
  if (!end) throw new Error('The head of the audit trail was not returned');
  return end;
};

const newOnes = async (transaction: Transaction, events: readonly FeedEvent[]): Promise<FeedEvent[]> => {
  const ids = [...new Set(events.map(({ entityId }) => entityId))];
  const known = await transaction.rows(
    sql<{ id: string }>`select id from portal.audit_entries where id = any (${ids}::uuid[])`,
  );
  const seen = new Set(known.map(({ id }) => id));
  return events.filter(({ entityId }) => !seen.has(entityId) && seen.add(entityId));
};

const insertEntries = (
  transaction: Transaction,
  entries: readonly (ChainedEntry & { hash: Buffer })[],
): Promise<number> => {
  const rows = entries.map((entry) => ({
    ...entry,
    position: entry.position.toString(),
    hash: entry.hash.toString('hex'),
  }));
  return transaction.change(sql`
    insert into portal.audit_entries (tenant_id, id, position, source, happened_at, act, author_kind, author_id, author_name,
      author_email, subject_type, subject_id, subject_name, changes, request_id, trace_id, hash)
    select e."tenantId", e.id, e.position, e.source, e."happenedAt", e.act, e.author->>'kind', (e.author->>'id')::uuid,
      e.author->>'name', e.author->>'email', e.subject->>'type', e.subject->>'id', e.subject->>'name', e.changes,
      e."requestId", e."traceId", decode(e.hash, 'hex')
    from jsonb_to_recordset(${jsonValue(rows)}::jsonb) e ("tenantId" uuid, id uuid, position bigint, source text,
      "happenedAt" timestamptz, act text, author jsonb, subject jsonb, changes jsonb, "requestId" text, "traceId" text, hash text)`);
};

const appendTo = async (transaction: Transaction, batch: Batch): Promise<void> => {
  const { source, tenantId, log } = batch;
  await transaction.rows(sql`select set_config('app.tenant_id', ${tenantId}, true)`);
  let end = await lockEnd(transaction, tenantId);
  const entries = (await newOnes(transaction, batch.events)).map((event) => {
    const position = end.position + 1n;
    const entry = { ...payloadOf(batch, event), tenantId, id: event.entityId, position, source };
    end = { position, hash: hashOf(end.hash, entry) };
    return { ...entry, hash: end.hash };
  });
  if (entries.length === 0) return;
  await insertEntries(transaction, entries);
  await transaction.change(sql`update portal.audit_heads set position = ${end.position}, hash = ${end.hash}`);
  // Whoever rewrites the table would have to rewrite the logs as well.
  log.info({ tenantId, position: Number(end.position), hash: end.hash.toString('hex') }, 'audit trail');
};

/** Appends what a service did to its tenants' chains, each once however often it comes; a tenant that is gone stays gone. */
export const appendEntries =
  (source: AuditService, log: Log) =>
  async (transaction: Transaction, events: readonly FeedEvent[]): Promise<void> => {
    const ofTenants = Map.groupBy(events, ({ tenantId }) => tenantId);
    const there = await transaction.rows(
      sql<{ id: string }>`select id from app.tenants where id = any (${[...ofTenants.keys()]}::uuid[]) order by id`,
    );
    // In the order of their ids: two feeds at once would else wait for each other.
    for (const { id: tenantId } of there)
      await appendTo(transaction, { source, tenantId, events: ofTenants.get(tenantId) ?? [], log });
  };
