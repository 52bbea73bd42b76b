import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';

export interface ExceptionRow {
  id: string;
  code: string;
  customer_id: string | null;
  customer_name: string | null;
  detail: string;
  next_step: string;
  period: string | null;
  first_seen_at: string;
}

export interface ExceptionStore {
  /** What neither a run has resolved nor a person has dismissed. */
  page(scope: Scope, page: { after: readonly string[] | undefined; limit: number }): Promise<ExceptionRow[]>;
  /** False where there is none that is unresolved. */
  dismiss(scope: Scope, id: string, memberId: string): Promise<boolean>;
}

export const exceptionStore = (database: TenantDatabase): ExceptionStore => ({
  page: (scope, { after, limit }) => {
    const older = after ? sql` and (e.first_seen_at, e.id) < (${after[0]}, ${after[1]}::uuid)` : sql``;
    return database.read(
      scope,
      sql<ExceptionRow>`
        select e.id, e.code, e.customer_id, c.name as customer_name, e.detail, e.next_step,
          e.period, e.first_seen_at
        from billing.exceptions e
        left join billing.customers c on c.tenant_id = e.tenant_id and c.id = e.customer_id
        where e.resolved_at is null and e.dismissed_at is null${older} order by e.first_seen_at desc, e.id desc limit ${limit + 1}`,
    );
  },
  dismiss: async (scope, id, memberId) => {
    const dismissed = await database.write(scope, (transaction) =>
      transaction.change(sql`
        update billing.exceptions set dismissed_at = coalesce(dismissed_at, now()), dismissed_by = ${memberId}
        where id = ${id} and resolved_at is null`),
    );
    return dismissed > 0;
  },
});
