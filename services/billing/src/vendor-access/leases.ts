import { randomUUID } from 'node:crypto';
import { sql } from '@legendops/kit/db/sql';
import type { TenantDatabase } from '@legendops/kit/db/tenant-database';

/** Work of a tenant that one process at a time may do, in whatever replica. */
export interface Leases {
  /** Undefined while somebody holds it. It ends by itself after `seconds`, should its holder die. */
  take(tenantId: string, name: string, seconds: number): Promise<{ release(): Promise<void> } | undefined>;
}

export const leases = (database: TenantDatabase): Leases => ({
  take: async (tenantId, name, seconds) => {
    const holder = randomUUID();
    const taken = await database.write({ tenantId }, (transaction) =>
      transaction.change(sql`
        insert into billing.leases as l (tenant_id, name, holder, held_until)
        values (${tenantId}, ${name}, ${holder}, now() + make_interval(secs => ${seconds}::integer))
        on conflict (tenant_id, name) do update set holder = excluded.holder, held_until = excluded.held_until
        where l.held_until < now()`),
    );
    if (taken === 0) return undefined;
    return {
      release: () =>
        database.write({ tenantId }, async (transaction) => {
          await transaction.change(sql`delete from billing.leases where name = ${name} and holder = ${holder}`);
        }),
    };
  },
});
