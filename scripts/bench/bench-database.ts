import { benchServer } from './bench-server.ts';

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
  const server = await benchServer('portal_db');
  const { administrator, administratorUrl } = server;
  await administrator.query(`
    insert into app.tenants (id, name, display_name, state, limits, owner_uid)
    select app.uuid_v7(), 'bench-' || n, 'Bench ' || n, 'active', '{"requestsPerMinute": 100000000}', gen_random_uuid()
    from generate_series(1, ${tenants}) n`);
  await administrator.query(`
    insert into portal.customers (tenant_id, name, created_at)
    select t.id, 'Customer ' || n, now() - make_interval(secs => n) from app.tenants t, generate_series(1, ${customersEach}) n`);
  // The same rows where no policy looks: what a plain statement costs.
  await administrator.query('create table public.customers as select * from portal.customers');
  await administrator.query('create index on public.customers (tenant_id, created_at desc, id desc)');
  await administrator.query('vacuum analyze');
  const { rows } = await administrator.query<{ id: string }>('select id from app.tenants order by id');
  return {
    serviceUrl: await server.urlOf('svc_portal'),
    administratorUrl,
    tenantIds: rows.map(({ id }) => id),
    stop: () => server.stop(),
  };
};
