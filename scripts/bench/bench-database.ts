import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { applyDatabaseRights, applyRoles, migrateDatabase } from '@legendops/kit/db/migrate';
import { startPostgres } from '@legendops/kit/testing/embedded-postgres';

const password = 'bench';
const tenants = 100;
const customersEach = 500;

export interface BenchDatabase {
  /** portal_db as the service's login, and as the administrator whom no policy binds. */
  serviceUrl: string;
  administratorUrl: string;
  tenantIds: string[];
  stop(): Promise<void>;
}

/** portal_db in a server of its own: 100 tenants with 500 customers each, analysed. */
export const benchDatabase = async (): Promise<BenchDatabase> => {
  const directory = await mkdtemp(join(tmpdir(), 'legendops-bench-'));
  const server = await startPostgres({ directory, durable: false });
  await applyRoles(server.administratorUrl('postgres'));
  const first = new pg.Client({ connectionString: server.administratorUrl('postgres') });
  await first.connect();
  await first.query(`alter role svc_portal password '${password}'`);
  await first.query('create database portal_db');
  await first.end();
  const administratorUrl = server.administratorUrl('portal_db');
  await applyDatabaseRights(administratorUrl);
  await migrateDatabase(administratorUrl, 'portal_db');
  const client = new pg.Client({ connectionString: administratorUrl });
  await client.connect();
  await client.query(`
    insert into app.tenants (id, name, display_name, state, limits, owner_uid)
    select app.uuid_v7(), 'bench-' || n, 'Bench ' || n, 'active', '{"requestsPerMinute": 100000000}', gen_random_uuid()
    from generate_series(1, ${tenants}) n`);
  await client.query(`
    insert into portal.customers (tenant_id, name, created_at)
    select t.id, 'Customer ' || n, now() - make_interval(secs => n) from app.tenants t, generate_series(1, ${customersEach}) n`);
  // The same rows where no policy looks: what a plain statement costs.
  await client.query('create table public.customers as select * from portal.customers');
  await client.query('create index on public.customers (tenant_id, created_at desc, id desc)');
  await client.query('vacuum analyze');
  const { rows } = await client.query<{ id: string }>('select id from app.tenants order by id');
  await client.end();
  const serviceUrl = new URL(administratorUrl);
  Object.assign(serviceUrl, { username: 'svc_portal', password });
  return {
    serviceUrl: serviceUrl.href,
    administratorUrl,
    tenantIds: rows.map(({ id }) => id),
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
