import type { BillingWorld } from '../billing-world.ts';

/** The lines of what is no draft any more, by invoice; none of one whose only line a person took away before. */
export const approvedLines = async (world: BillingWorld, tenantId: string): Promise<Map<string, string>> =>
  new Map(
    (
      await world.rows<{ id: string; lines: string }>(
        `select i.id, coalesce(string_agg(l.source_key || ' ' || l.amount_minor || ' ' || l.description, E'\\n' order by l.position), '') as lines
         from billing.invoices i left join billing.invoice_lines l on l.tenant_id = i.tenant_id and l.invoice_id = i.id
         where i.tenant_id = $1 and i.status <> 'draft' group by i.id`,
        [tenantId],
      )
    ).map(({ id, lines }) => [id, lines]),
  );
