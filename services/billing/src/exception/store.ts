import type { ActingScope } from '@legendops/kit/audit/audit';
import { pageRows, type Place } from '@legendops/kit/db/page-rows';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { exceptionColumns, isOpen, ofItsCustomer, type ExceptionRow } from './exception-row.ts';

export interface ExceptionPageQuery extends Place {
  code: string | undefined;
}

export interface ExceptionStore {
  /** What neither a run has resolved nor a person has dismissed. */
  page(scope: Scope, page: ExceptionPageQuery): Promise<ExceptionRow[]>;
  open(scope: Scope, id: string): Promise<ExceptionRow | undefined>;
  /** False where there is none that is unresolved. */
  dismiss(scope: ActingScope<'exception.dismissed'>, id: string, memberId: string): Promise<boolean>;
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
  open: async (scope, id) => (await database.read(scope, sql<ExceptionRow>`${openExceptions} and e.id = ${id}`))[0],
  dismiss: (scope, id, memberId) =>
    database.write(scope, async (transaction) => {
      const open = await transaction.row(sql<{ detail: string; code: string; dismissed_at: string | null }>`
        select detail, code, dismissed_at from billing.exceptions where id = ${id} and resolved_at is null for update`);
      if (!open) return false;
      await transaction.change(sql`
        update billing.exceptions set dismissed_at = coalesce(dismissed_at, now()), dismissed_by = ${memberId}
        where id = ${id}`);
      // Dismissed again it is nobody else's act.
      if (open.dismissed_at === null)
        await scope.audit(transaction, {
          act: 'exception.dismissed',
          subject: { type: 'exception', id, name: open.detail },
          changes: [{ field: 'code', before: open.code, after: null }],
        });
      return true;
    }),
});
