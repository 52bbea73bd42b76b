import { createHash } from 'node:crypto';
import { sql, jsonValue } from '../db/sql.ts';
import { constraintOf, sqlState } from '../db/database-error.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Scope, TenantDatabase } from '../db/tenant-database.ts';
import { problem } from '../errors/problem.ts';
import type { Answer } from './route.ts';

interface Stored {
  fingerprint: string;
  status: number;
  body: unknown;
}

interface Request {
  scope: Scope;
  route: string;
  key: string | undefined;
  /** What the request asks: another content under the same key is refused. */
  content: unknown;
}

export const idempotencyKeyPattern = /^[\x21-\x7e]{1,255}$/;

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
};

const stored = (route: string, key: string) => sql<Stored>`
  select fingerprint, status, body from app.idempotency_keys where route = ${route} and key = ${key}`;

const replay = (row: Stored, fingerprint: string): Answer => {
  if (row.fingerprint !== fingerprint) throw problem('idempotency.reused');
  return { status: row.status, body: row.body, headers: { 'idempotency-replayed': 'true' } };
};

/**
 * Does the work once per (tenant, route, key): its answer is stored in the same transaction and replayed for 24 hours.
 * A second request that comes while the first is running gets 409; one that failed leaves no trace and may be repeated.
 */
export const idempotently = async (
  database: TenantDatabase,
  { scope, route, key, content }: Request,
  work: (transaction: Transaction) => Promise<Answer>,
): Promise<Answer> => {
  if (key === undefined) throw problem('idempotency.missing');
  if (!idempotencyKeyPattern.test(key))
    throw problem('request.invalid', {
      places: [{ pointer: '/headers/idempotency-key', code: 'invalid', detail: '1 to 255 visible characters' }],
    });
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(canonical(content)))
    .digest('base64url');
  try {
    return await database.write(scope, async (transaction) => {
      const lock = await transaction.row(sql<{ taken: boolean }>`
        select pg_try_advisory_xact_lock(hashtextextended(${`legendops:idempotency:${scope.tenantId}:${route}:${key}`}, 0)) as taken`);
      if (!lock?.taken) throw problem('idempotency.in-flight', { headers: { 'retry-after': '1' } });
      await transaction.change(
        sql`delete from app.idempotency_keys where created_at < now() - interval '24 hours' and route = ${route} and key = ${key}`,
      );
      const before = await transaction.row(stored(route, key));
      if (before) return replay(before, fingerprint);
      const answer = await work(transaction);
      await transaction.change(sql`
        insert into app.idempotency_keys (tenant_id, route, key, fingerprint, status, body)
        values (${scope.tenantId}, ${route}, ${key}, ${fingerprint}, ${answer.status}, ${jsonValue(answer.body ?? null)}::jsonb)`);
      return answer;
    });
  } catch (error) {
    // Two at once through different poolers: the other one won, its answer is the answer.
    if (sqlState(error) !== '23505' || constraintOf(error) !== 'idempotency_keys_pkey') throw error;
    const [row] = await database.read(scope, stored(route, key));
    if (!row) throw error;
    return replay(row, fingerprint);
  }
};
