import { desc, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { integer, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import express from 'express';
import { z } from 'zod';
import pg from 'pg';
import { bearerOf, verifier } from './verify-token.ts';

/**
 * The list as its documentation shows it with row level security: an Express handler, a transaction of Drizzle, in it
 * set_config and the query, each awaited. Prisma's engine is fetched from the network when its client is made.
 */
const customers = pgSchema('portal').table('customers', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  pax8CompanyId: uuid('pax8_company_id'),
  state: text().notNull(),
  version: integer().notNull(),
  createdAt: timestamp('created_at', { withTimezone: true, mode: 'string' }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'string' }).notNull(),
});

const db = drizzle(new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 }));
const verify = verifier();
const Query = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) });

const listOf = (tenantId: string, limit: number) =>
  db.transaction(
    async (tx) => {
      await tx.execute(
        sql`select set_config('role', 'app_service', true), set_config('app.tenant_id', ${tenantId}, true)`,
      );
      return tx
        .select()
        .from(customers)
        .orderBy(desc(customers.createdAt), desc(customers.id))
        .limit(limit + 1);
    },
    { accessMode: 'read only' },
  );

const app = express();
app.get('/customers', async (request, response) => {
  const tenantId = await verify(bearerOf(request.headers.authorization));
  const { limit } = Query.parse(request.query);
  const rows = await listOf(tenantId, limit);
  response.json({ data: rows.slice(0, limit), page: { next: rows.length > limit ? rows[limit - 1]?.id : null } });
});
app.listen(Number(process.env.PORT), '127.0.0.1');
process.on('disconnect', () => process.exit(0));
