import { createHash } from 'node:crypto';
import type { AuditPayload } from '@legendops/kit/contract/audit-payload';
import type { AuditService } from '../contract.ts';

/** An entry in its place; everything of it is under its hash. */
export interface ChainedEntry extends AuditPayload {
  tenantId: string;
  id: string;
  position: bigint;
  source: AuditService;
}

/** How a chain ends: what the next entry follows on. */
export interface ChainEnd {
  position: bigint;
  hash: Buffer;
}

/** Of a chain without an entry. */
export const noEntry: ChainEnd = { position: 0n, hash: Buffer.alloc(32) };

// The same instant has several spellings: PostgreSQL leaves zeros at the end out.
const toTheMicrosecond = (instant: string): string => {
  const [, seconds = instant, fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(instant) ?? [];
  return `${seconds}.${fraction.padEnd(6, '0')}Z`;
};

// In lists, whose order is ours: jsonb keeps an order of names of its own.
const textOf = (entry: ChainedEntry): string =>
  JSON.stringify([
    entry.tenantId,
    entry.id,
    entry.position.toString(),
    entry.source,
    toTheMicrosecond(entry.happenedAt),
    entry.act,
    [entry.author.kind, entry.author.id, entry.author.name, entry.author.email],
    [entry.subject.type, entry.subject.id, entry.subject.name],
    entry.changes.map(({ field, before, after }) => [field, before, after]),
    entry.requestId,
    entry.traceId,
  ]);

/** SHA-256 over the hash of the entry before and the whole of this one. */
export const hashOf = (before: Uint8Array, entry: ChainedEntry): Buffer =>
  createHash('sha256').update(before).update(textOf(entry)).digest();
