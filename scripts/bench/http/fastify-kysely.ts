import fastify from 'fastify';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { bearerOf, verifier } from './verify-token.ts';

/** The list as Fastify and Kysely document it: schemas at the route, one transaction, each statement awaited. */
interface Customers {
  id: string;
  name: string;
  pax8_company_id: string | null;
  state: string;
  version: number;
  created_at: Date;
  updated_at: Date;
}

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const db = new Kysely<{ 'portal.customers': Customers }>({ dialect: new PostgresDialect({ pool }) });
const verify = verifier();

const listOf = (tenantId: string, limit: number) =>
  db
    .transaction()
    .setAccessMode('read only')
    .execute(async (tx) => {
      await sql`set local role app_service`.execute(tx);
      await sql`select set_config('app.tenant_id', ${tenantId}, true)`.execute(tx);
      return tx
        .selectFrom('portal.customers')
        .select(['id', 'name', 'pax8_company_id as pax8CompanyId', 'state', 'version'])
        .select(['created_at as createdAt', 'updated_at as updatedAt'])
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
    });

const nullable = { type: ['string', 'null'] };
const customer = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    pax8CompanyId: nullable,
    state: { type: 'string' },
    version: { type: 'integer' },
    createdAt: { type: 'string', format: 'date-time' },
    updatedAt: { type: 'string', format: 'date-time' },
  },
};
const schema = {
  querystring: {
    type: 'object',
    properties: { limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
  },
  response: {
    200: {
      type: 'object',
      properties: {
        data: { type: 'array', items: customer },
        page: { type: 'object', properties: { next: nullable } },
      },
    },
  },
};

const app = fastify();
app.get<{ Querystring: { limit: number } }>('/customers', { schema }, async (request) => {
  const tenantId = await verify(bearerOf(request.headers.authorization));
  const { limit } = request.query;
  const rows = await listOf(tenantId, limit);
  return { data: rows.slice(0, limit), page: { next: rows.length > limit ? rows[limit - 1]?.id : null } };
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.on('disconnect', () => process.exit(0));
