import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { KubeObject } from '@legendops/operator-runtime/client/resource';
import { annotations, hexOf, tenants } from '@legendops/tenant-operator/api/tenant';
import type { Slot, Tenant } from '@legendops/tenant-operator/api/tenant';
import { secrets as kubeSecrets } from '@legendops/tenant-operator/owned/resources';
import { eventually } from '@legendops/kit/testing/eventually';
import type { World } from './operator-world.ts';
import { databases } from '../../local/suite-databases.ts';

export type Spec = Record<string, unknown>;

/** The least that a Tenant says. */
const aSpec = (changes: Spec = {}): Spec => ({
  displayName: 'Northwind IT',
  billing: { currency: 'USD' },
  ...changes,
});

/** An annotation: a new password, once for each request. */
export const rotate = (request: string): Record<string, string> => ({ [annotations.rotate]: request });

export const inWorld = (world: () => World) => {
  const read = (name: string) => world().kube.read(tenants, { name });
  const apply = (name: string, spec: Spec, annotations?: Record<string, string>): Promise<Tenant> =>
    world().kube.apply<KubeObject>(
      tenants,
      { metadata: { name, ...(annotations && { annotations }) }, spec: aSpec(spec) } as KubeObject,
      { fieldManager: 'test', force: true },
    ) as Promise<Tenant>;
  const conditionOf = (tenant: Tenant | undefined, type: string) =>
    tenant?.status?.conditions?.find((condition) => condition.type === type);

  /** The condition with this reason, of the newest spec. */
  const reason = (name: string, type: string, wanted: string, withinMs?: number) => {
    const look = async () => {
      const tenant = await read(name);
      const condition = conditionOf(tenant, type);
      return condition?.reason === wanted && condition.observedGeneration === tenant?.metadata.generation && condition;
    };
    return eventually(`${name}: ${type} is ${wanted}`, look, { withinMs });
  };
  const ready = (name: string): Promise<Tenant> =>
    eventually(`${name} is ready`, async () => {
      const tenant = await read(name);
      const condition = conditionOf(tenant, 'Ready');
      return condition?.status === 'True' && condition.observedGeneration === tenant?.metadata.generation && tenant;
    });
  /** A tenant that is ready; its id. */
  const created = async (name: string, spec: Spec = {}): Promise<string> => {
    await apply(name, spec);
    return (await ready(name)).status?.tenantId ?? '';
  };
  const usesSlot = (name: string, slot: Slot, withinMs?: number) =>
    eventually(`${name} uses slot ${slot}`, async () => (await read(name))?.status?.database?.activeSlot === slot, {
      withinMs,
    });
  /** Until the operator has looked at each of them so many times more, from beginning to end. */
  const passes = async (names: readonly string[], count = 2): Promise<void> => {
    const operator = world().operator();
    for (const name of names) {
      // The one that is under way began before now, and the last of them is to have ended.
      const begun = operator.passesOf(name) + count + 1;
      await eventually(`${name} was looked at ${count} times more`, () => operator.passesOf(name) >= begun);
    }
  };
  const gone = (name: string) => eventually(`${name} is gone`, async () => !(await read(name)), { withinMs: 40_000 });
  const remove = async (name: string): Promise<void> => {
    const tenant = await read(name);
    if (tenant) await world().kube.remove(tenants, { name }, { uid: tenant.metadata.uid ?? '' });
  };
  /** Full passes over the tenants of former tests would crowd those of the next ones. */
  const removeAll = async (): Promise<void> => {
    const { items } = await world().kube.list(tenants, {});
    await Promise.all(items.map(({ metadata }) => remove(metadata.name)));
    await eventually('all tenants are gone', async () => (await world().kube.list(tenants, {})).items.length === 0, {
      withinMs: 100_000,
    });
  };

  const registryRows = async (name: string) =>
    Promise.all(
      databases.map(async (database) => {
        const [row] = await world().databases.query(
          database,
          'select id::text, display_name, state, limits, settings, owner_uid::text, xmin::text from app.tenants where name = $1',
          [name],
        );
        return row;
      }),
    );
  const roles = async (tenantId: string) =>
    world().databases.query(
      'billing_db',
      'select rolname::text as name, rolcanlogin as open from pg_roles where rolname like $1 order by 1',
      [`t_${hexOf(tenantId)}_%`],
    );
  /** Nobody changes the tenant's logins until it is let go: whoever tries waits, as for a server that hangs. */
  const holdLogins = async (tenantId: string): Promise<() => Promise<unknown>> => {
    const client = new pg.Client({ connectionString: world().databases.urls.billing_db });
    await client.connect();
    await client.query('begin');
    await client.query('select app.lock_logins($1)', [tenantId]);
    return () => client.end();
  };
  const databaseSecret = async (name: string): Promise<Record<string, string>> => {
    const secret = await world().kube.read(kubeSecrets, { name: 'database', namespace: `tenant-${name}` });
    return Object.fromEntries(
      Object.entries(secret?.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
    );
  };
  /** Logs in with what a Secret holds; the tenant that the database sees, or the error code. */
  const logIn = async ({
    host,
    port,
    dbname,
    username,
    password,
  }: Record<string, string | undefined>): Promise<string> => {
    const client = new pg.Client({ host, port: Number(port), database: dbname, user: username, password });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ tenant: string }>('select app.session_tenant()::text as tenant');
      return rows[0]?.tenant ?? '';
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const vaultSecret = (tenantId: string) => {
    const { secrets } = world().vault.vault;
    return [...secrets.all(), ...secrets.allDeleted()].find(
      ({ name }) => name === `tenant-${hexOf(tenantId)}-database`,
    );
  };
  /** As if the tenant had been made by a resource of another cluster, of which nothing was ever heard. */
  const createdElsewhere = async (name: string, cluster: string): Promise<void> => {
    const elsewhere = randomUUID();
    for (const database of databases)
      await world().databases.query(
        database,
        'update app.tenants set owner_uid = $2, owner_cluster = $3 where name = $1',
        [name, elsewhere, cluster],
      );
    const tenantId = (await read(name))?.status?.tenantId ?? '';
    for (const { tags } of vaultSecret(tenantId)?.versions ?? []) Object.assign(tags ?? {}, { owner: 'elsewhere' });
  };
  const openSlots = async (tenantId: string): Promise<Slot[]> =>
    (await roles(tenantId)).filter(({ open }) => open).map(({ name }) => (String(name).endsWith('_a') ? 'a' : 'b'));
  return {
    read,
    apply,
    conditionOf,
    reason,
    ready,
    created,
    usesSlot,
    passes,
    gone,
    remove,
    removeAll,
    registryRows,
    roles,
    holdLogins,
    databaseSecret,
    logIn,
    vaultSecret,
    createdElsewhere,
    openSlots,
  };
};

export type InWorld = ReturnType<typeof inWorld>;
