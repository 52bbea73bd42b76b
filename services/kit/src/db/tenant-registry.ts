import { sql } from './sql.ts';
import type { PlatformDatabase } from './tenant-database.ts';

export type TenantState = 'active' | 'suspended' | 'deleting' | 'retained';

export interface RegisteredTenant {
  id: string;
  name: string;
  displayName: string;
  state: TenantState;
  /** Of all its people together; one of them may send half of it. */
  requestsPerMinute: number;
  /** How many customers it may have, archived ones aside. */
  customers: number;
  /** How much its files may weigh together. */
  storageGiB: number;
  currency: string;
  timeZone: string;
}

interface Row {
  id: string;
  name: string;
  display_name: string;
  state: TenantState;
  limits: { requestsPerMinute?: number; customers?: number; storageGiB?: number };
  settings: { currency?: string; timeZone?: string };
}

export interface TenantRegistry {
  /** Undefined when no such tenant is registered. At most a second old. */
  find(id: string): Promise<RegisteredTenant | undefined>;
  findByName(name: string): Promise<RegisteredTenant | undefined>;
}

const columns = sql`id, name, display_name, state, limits, settings`;

const tenantOf = (row: Row): RegisteredTenant => ({
  id: row.id,
  name: row.name,
  displayName: row.display_name,
  state: row.state,
  requestsPerMinute: row.limits.requestsPerMinute ?? 3_000,
  customers: row.limits.customers ?? 500,
  storageGiB: row.limits.storageGiB ?? 50,
  currency: row.settings.currency ?? 'USD',
  timeZone: row.settings.timeZone ?? 'UTC',
});

// A suspended tenant has to be out within a second; until then its row may be answered from memory.
const freshMs = 1_000;
const cachedTenants = 10_000;

/** The registry of this service's own database, which the operator writes. */
export const tenantRegistry = (database: PlatformDatabase, now: () => number = Date.now): TenantRegistry => {
  const cache = new Map<string, { until: number; tenant: Promise<RegisteredTenant | undefined> }>();
  const load = async (id: string): Promise<RegisteredTenant | undefined> => {
    const [row] = await database.read('registry', sql<Row>`select ${columns} from app.tenants where id = ${id}`);
    return row && tenantOf(row);
  };
  return {
    find: (id) => {
      const known = cache.get(id);
      if (known && known.until > now()) return known.tenant;
      if (cache.size >= cachedTenants) cache.clear();
      const tenant = load(id);
      tenant.catch(() => cache.delete(id));
      cache.set(id, { until: now() + freshMs, tenant });
      return tenant;
    },
    findByName: async (name) => {
      const [row] = await database.read('registry', sql<Row>`select ${columns} from app.tenants where name = ${name}`);
      return row && tenantOf(row);
    },
  };
};
