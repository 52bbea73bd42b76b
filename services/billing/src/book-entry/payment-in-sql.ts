import { sql, type Sql } from '@legendops/kit/db/sql';

/**
 * The entry of `i`, an invoice, as `e`: of its newest posting that stands. Null while nobody has looked, of what is not posted,
 * and for a customer's people, whom the books are not told.
 */
export const withEntry = sql`
  left join lateral (
    select b.state, b.total_minor, b.open_minor, b.due_on
    from billing.book_entries b join billing.postings p on p.tenant_id = b.tenant_id and p.id = b.posting_id
    where b.tenant_id = i.tenant_id and b.invoice_id = i.id and p.state = 'posted' and i.status = 'posted'
    order by p.generation desc limit 1) e on true`;

/** The state that `paymentOf` says, for lists that are narrowed to one; `today` is the tenant's. */
export const paymentStateOn = (today: Sql) => sql`
  case when e.state is distinct from 'there' or e.open_minor is null then null
    when e.open_minor <= 0 then 'paid'
    when e.due_on < ${today} then 'overdue'
    when e.open_minor < e.total_minor then 'partly-paid'
    else 'open' end`;
