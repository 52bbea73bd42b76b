import type { ActingScope } from '@legendops/kit/audit/audit';
import { differences } from '@legendops/kit/audit/differences';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import type { Proration } from './contract.ts';

export interface ProrationRow {
  proration: Proration;
  valid_from: string;
}

export interface ProrationStore {
  newest(scope: Scope): Promise<ProrationRow | undefined>;
  /** Changes it from a month on, in which nothing is approved yet; throws proration.billed. */
  change(scope: ActingScope<'proration.changed'>, wanted: ProrationRow): Promise<ProrationRow>;
}

const newest = sql<ProrationRow>`select proration, valid_from from billing.prorations order by valid_from desc limit 1`;

export const prorationStore = (database: TenantDatabase): ProrationStore => ({
  newest: async (scope) => (await database.read(scope, newest))[0],
  change: (scope, { proration, valid_from: validFrom }) =>
    database.write(scope, async (transaction) => {
      const billed = await transaction.row(
        sql`select from billing.invoices where period_start >= ${validFrom}::date and status <> 'draft' limit 1`,
      );
      if (billed) throw problem('proration.billed');
      const before = await transaction.row(newest);
      await transaction.change(sql`delete from billing.prorations where valid_from >= ${validFrom}::date`);
      const after = await transaction.one(sql<ProrationRow>`
        insert into billing.prorations (tenant_id, valid_from, proration)
        values (${scope.tenantId}, ${validFrom}, ${proration}) returning proration, valid_from`);
      const fields = (row: ProrationRow | undefined) => ({
        proration: row?.proration ?? 'actual',
        validFrom: row?.valid_from ?? null,
      });
      await scope.audit(transaction, {
        act: 'proration.changed',
        subject: { type: 'proration', id: scope.tenantId, name: 'Proration' },
        changes: differences(fields(before), fields(after), ['proration', 'validFrom']),
      });
      return after;
    }),
});
