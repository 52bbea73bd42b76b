import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { exceptionColumns, isOpen, ofItsCustomer, type ExceptionRow } from './exception-row.ts';

export interface ExceptionWish extends Place {
  code: string | undefined;
}

export interface ExceptionStore {
  /** What neither a run has resolved nor a person has dismissed. */
  page(scope: Scope, page: ExceptionWish): Promise<ExceptionRow[]>;
  /** False where there is none that is unresolved. */
  dismiss(scope: Scope, id: string, memberId: string): Promise<boolean>;
}

const openExceptions = sql`select ${exceptionColumns} from billing.exceptions e ${ofItsCustomer} where ${isOpen}`;

export const exceptionStore = (database: TenantDatabase): ExceptionStore => ({
  page: (scope, { after, limit, code }) => {
    const ofKind = code === undefined ? sql`` : sql` and e.code = ${code}`;
    const older = after ? sql` and (e.first_seen_at, e.id) < (${after[0]}, ${after[1]}::uuid)` : sql``;
    return database.read(
      scope,
      sql<ExceptionRow>`
        ${openExceptions}${ofKind}${older} order by e.first_seen_at desc, e.id desc ${pageRows(limit)}`,
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
