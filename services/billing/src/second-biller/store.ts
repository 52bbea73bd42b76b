import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, removed } from '@legendops/kit/audit/differences';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import type { CodeOpenedBy } from '../exception/exception-kinds.ts';
import type { Said } from './beside.ts';
import type { NewSuperOpsChoice } from './contract.ts';

export interface SuperOpsChoiceRow {
  id: string;
  customer_id: string;
  customer_name: string;
  period: string | null;
  chosen_at: string;
}

interface Seen {
  seen_ids: string[] | null;
  seen_unreadable: number | null;
}

export interface SuperOpsChoiceStore {
  /** Of every month goes before of one. */
  saidOf(scope: Scope, about: { customerId: string; period: string }): Promise<Said | undefined>;
  /** What the worklist says of what SuperOps has for a month: what a person knows of it. */
  toldOf(scope: Scope, about: { customerId: string; period: string }): Promise<string[]>;
  all(scope: Scope): Promise<SuperOpsChoiceRow[]>;
  /** The same said again is said of what SuperOps has by then. Throws customer.not-found. */
  choose(
    scope: ActingScope<'superops-choice.made'>,
    choice: NewSuperOpsChoice & Said,
    memberId: string,
  ): Promise<SuperOpsChoiceRow>;
  /** Throws superops-choice.not-found. */
  remove(scope: ActingScope<'superops-choice.removed'>, id: string): Promise<void>;
}

const toldCodes: CodeOpenedBy<'posting' | 'reconcile'>[] = ['invoice.superops-too', 'invoice.superops-later'];

const choices = sql`
  select s.id, s.customer_id, c.name as customer_name, s.period, s.chosen_at from billing.superops_choices s
  join billing.customers c on c.tenant_id = s.tenant_id and c.id = s.customer_id`;

const subjectOf = ({ id, customer_name }: SuperOpsChoiceRow) => ({
  type: 'superops-choice',
  id,
  name: customer_name,
});

const fieldsOf = ({ period }: SuperOpsChoiceRow) => ({ month: period?.slice(0, 7) ?? 'every month' });

export const superOpsChoiceStore = (database: TenantDatabase): SuperOpsChoiceStore => ({
  saidOf: async (scope, { customerId, period }) => {
    const [said] = await database.read(
      scope,
      sql<Seen>`
        select seen_ids, seen_unreadable from billing.superops_choices
        where customer_id = ${customerId} and (period = ${period} or period is null)
        order by seen_ids is null desc limit 1`,
    );
    if (!said) return undefined;
    const { seen_ids: ids, seen_unreadable: unreadable } = said;
    return { seen: ids && { ids, unreadable: unreadable ?? 0 } };
  },
  toldOf: async (scope, { customerId, period }) => {
    const told = await database.read(
      scope,
      sql<{ detail: string }>`
        select e.detail from billing.exceptions e
          join billing.invoices i on i.tenant_id = e.tenant_id and i.id = e.invoice_id
        where e.resolved_at is null and e.code = any (${toldCodes}::text[]) and i.customer_id = ${customerId}
          and i.period_start = ${period} order by e.id`,
    );
    return told.map(({ detail }) => detail);
  },
  all: (scope) =>
    database.read(scope, sql<SuperOpsChoiceRow>`${choices} order by c.name, s.period desc nulls first, s.id`),
  choose: (scope, { customerId, period, seen }, memberId) =>
    database.write(scope, async (transaction) => {
      const customer = sql`select from billing.customers where id = ${customerId}`;
      if (!(await transaction.row(customer))) throw problem('customer.not-found');
      const said = await transaction.change(sql`
        insert into billing.superops_choices as s (tenant_id, customer_id, period, seen_ids, seen_unreadable, chosen_by)
        values (${scope.tenantId}, ${customerId}, ${period}, ${seen && seen.ids}::text[],
          ${seen && seen.unreadable}::integer, ${memberId})
        on conflict on constraint superops_choices_subject do update
          set seen_ids = excluded.seen_ids, seen_unreadable = excluded.seen_unreadable,
            chosen_by = excluded.chosen_by, chosen_at = now()
          where (s.seen_ids, s.seen_unreadable) is distinct from (excluded.seen_ids, excluded.seen_unreadable)`);
      const row = await transaction.one(sql<SuperOpsChoiceRow>`
        ${choices} where s.customer_id = ${customerId} and s.period is not distinct from ${period}::date`);
      if (said > 0)
        await scope.audit(transaction, {
          act: 'superops-choice.made',
          subject: subjectOf(row),
          changes: created({ ...fieldsOf(row), invoices: seen && seen.ids.length }),
        });
      return row;
    }),
  remove: (scope, id) =>
    database.write(scope, async (transaction) => {
      const row = await transaction.row(sql<SuperOpsChoiceRow>`${choices} where s.id = ${id}`);
      const gone = await transaction.change(sql`delete from billing.superops_choices where id = ${id}`);
      if (!row || gone === 0) throw problem('superops-choice.not-found');
      await scope.audit(transaction, {
        act: 'superops-choice.removed',
        subject: subjectOf(row),
        changes: removed(fieldsOf(row)),
      });
    }),
});
