import type pg from 'pg';

/** What must hold of a tenant's money at any time, beside what constraints hold; each selects what breaks it, as a sentence. */
const invariants: readonly string[] = [
  `select 'the lines of the invoice ' || i.id || ' are not its total' as broken from billing.invoices i
   left join billing.invoice_lines l on l.tenant_id = i.tenant_id and l.invoice_id = i.id
   group by i.tenant_id, i.id having i.total_minor <> coalesce(sum(l.amount_minor), 0)`,
  `select 'the invoice ' || i.id || ' is posted, and nothing says where' as broken from billing.invoices i
   where i.status = 'posted' and not exists (select from billing.postings p
     where p.tenant_id = i.tenant_id and p.invoice_id = i.id and p.state = 'posted' and p.remote_id is not null)`,
  `select 'two invoices have the number ' || p.doc_number as broken from billing.postings p
   where p.state = 'posted' group by p.tenant_id, p.realm_id, p.doc_number having count(distinct p.invoice_id) > 1`,
];

/** Every breach in billing_db, in a transaction that is the owner's for one tenant. */
export const brokenInvariants = async (billing: pg.Client): Promise<string[]> => {
  const found: string[] = [];
  for (const statement of invariants)
    found.push(...(await billing.query<{ broken: string }>(statement)).rows.map(({ broken }) => broken));
  return found;
};
