import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { CodeOpenedBy } from '../exception/exception-kinds.ts';

const code: CodeOpenedBy<'person'> = 'invoice.own-lines';

/**
 * What is billed anew is what the rating finds: lines of persons' own and what they have changed of others it does not know. That
 * is told with its money, so that nothing of a void invoice is lost without a word.
 */
export const tellOwnLines = (transaction: Transaction, { tenantId }: Scope, invoiceId: string): Promise<number> =>
  transaction.change(sql`
    insert into billing.exceptions as e (tenant_id, subject_key, code, customer_id, detail, next_step, period, amount_minor,
      currency, invoice_id)
    select ${tenantId}::uuid, 'invoice:' || i.id, ${code}, i.customer_id,
      'The void invoice of ' || i.customer_name || ' for ' || to_char(i.period_start, 'YYYY-MM') || ' had ' || o.lines
        || case when o.lines = 1 then ' line' else ' lines' end || ' that persons had written or changed: '
        || 'what is billed anew of it is as it was rated, without that',
      'Press “Add line” on the next draft of this customer if it is to be billed, too; press “Dismiss” if not',
      i.period_start, o.amount, i.currency, i.id
    from billing.invoices i cross join lateral (
      select count(*)::integer as lines, sum(l.amount_minor - coalesce((l.rated ->> 'amountMinor')::bigint, 0)) as amount
      from billing.invoice_lines l
      where l.tenant_id = i.tenant_id and l.invoice_id = i.id
        and (l.source_key like 'manual:%' or (l.rated ->> 'amountMinor')::bigint <> l.amount_minor)) o
    where i.id = ${invoiceId} and o.lines > 0 and abs(o.amount) < 9223372036854775807
    on conflict (tenant_id, subject_key, code, period) where resolved_at is null do nothing`);
