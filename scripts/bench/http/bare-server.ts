import { createServer } from 'node:http';
import { createPool } from '@legendops/kit/db/pool';

/** The least that answers the same question: node:http, pg, the same transaction by hand. No token, no checks, no headers. */
const pool = createPool({ connectionString: process.env.DATABASE_URL ?? '', max: 10 });
const prologue = `select set_config('role', 'app_service', true), set_config('app.tenant_id', $1, true)`;
const list = `select id, name, pax8_company_id as "pax8CompanyId", state, version, created_at as "createdAt", updated_at as "updatedAt"
  from portal.customers order by created_at desc, id desc limit 21`;

const server = createServer((request, response) => {
  const tenantId = request.headers['x-tenant']?.toString() ?? '';
  const answer = async (): Promise<void> => {
    const client = await pool.connect();
    const results = await Promise.all([
      client.query('begin read only'),
      client.query({ name: 'prologue', text: prologue, values: [tenantId] }),
      client.query({ name: 'list', text: list }),
      client.query('commit'),
    ]);
    client.release();
    const rows = results[2].rows as unknown[];
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ data: rows.slice(0, 20), page: { next: null } }));
  };
  answer().catch(() => response.writeHead(500).end());
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('disconnect', () => process.exit(0));
