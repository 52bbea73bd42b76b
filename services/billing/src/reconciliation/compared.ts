import { sql } from '@legendops/kit/db/sql';

/**
 * A month's things, each once: a subscription of a customer in a currency, or what Pax8 bills without a subscription, with
 * what Pax8 has billed, what we have, and what is in QuickBooks. Sums are exact and rounded once, half away from zero, as
 * `round(numeric)` does. Read by `store.ts` as the relation `compared`.
 *
 * Pax8 rounds in its own way: a minor unit a seat, or an item of usage, is no difference.
 */
export const comparedOf = (period: string) => sql`
  with month as (select ${period}::date as start, (${period}::date + interval '1 month')::date as next),
  spoken as (
    select i.company_id, i.invoice_month, bool_or(i.invoice_id is not null) as is_final
    from billing.pax8_invoice_items i, month m
    where i.superseded_at is null and i.invoice_month in (m.start, m.next) group by i.company_id, i.invoice_month),
  company as (
    select distinct on (c.pax8_company_id) c.pax8_company_id as id, c.id as customer_id, c.name
    from billing.customers c where c.pax8_company_id is not null order by c.pax8_company_id, c.state, c.id),
  vendor as (
    select coalesce('subscription:' || i.subscription_id, 'product:' || coalesce(i.company_id::text, '') || ':'
        || coalesce(i.product_id::text, i.product_name)) as thing,
      c.customer_id, i.currency, i.company_id, i.subscription_id, min(coalesce(c.name, i.company_name)) as customer_name,
      min(i.product_id::text) as product_id, min(i.product_name) as product_name, bool_or(i.term = 'Arrears') as is_usage,
      sum(i.quantity_e6) filter (where i.type in ('subscription', 'prorate', 'one-time') and i.term <> 'Arrears') as quantity,
      round(sum(i.cost_e8::numeric) / 100000000) as cost, count(*) as items
    from billing.pax8_invoice_items i join month m on i.period = m.start left join company c on c.id = i.company_id
    -- What the partner has paid is no cost.
    where i.superseded_at is null and i.type <> 'payment-credit'
    group by 1, 2, 3, 4, 5),
  drifted as (
    select distinct p.invoice_id from billing.exceptions e
    join billing.postings p on p.tenant_id = e.tenant_id and p.doc_number = substr(e.subject_key, 8)
    where e.subject_key like 'posted:%' and e.resolved_at is null and p.state = 'posted'),
  line as (
    select i.customer_id, i.customer_name, i.currency, l.description, l.amount_minor, l.cost_minor, l.quantity_e6,
      l.corrects_period is not null as is_correction, i.status in ('posted', 'settled') as is_posted,
      d.invoice_id is not null as is_drifted, k.key, split_part(k.key, ':', 1) as kind, split_part(k.key, ':', 2) as ref
    from month m
    cross join billing.invoice_lines l
    join billing.invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
    left join drifted d on d.invoice_id = i.id
    -- A correction's key says its month, customer and number before the thing.
    cross join lateral (select case when l.corrects_period is null then l.source_key
      else array_to_string((string_to_array(l.source_key, ':'))[5:], ':') end as key) k
    -- What a person has rejected, and what is void, is not billed.
    where i.status not in ('rejected', 'voided')
      and (l.corrects_period is null and i.period_start = m.start or l.corrects_period = m.start)),
  summary as (
    select s.ref, (select u.subscription_id from billing.pax8_usage_lines u
      where u.superseded_at is null and u.summary_id = s.ref::uuid limit 1) as subscription_id
    from (select distinct ref from line where kind = 'usage') s),
  ours as (
    select case when l.kind = 'usage' then coalesce('subscription:' || s.subscription_id, 'usage:' || l.ref)
        else l.kind || ':' || l.ref end as thing,
      l.customer_id, l.currency, min(l.customer_name) as customer_name,
      min(l.description) filter (where not l.is_correction) as description, bool_or(l.kind = 'usage') as is_usage,
      bool_and(l.kind in ('minimum', 'manual')) as is_own, sum(l.amount_minor) as amount,
      case when bool_or(l.cost_minor is null) then null else sum(l.cost_minor) end as cost, count(*) as lines,
      -- Stretches of a month say all seats of their days; seats of a term's middle come on top.
      max(l.quantity_e6) filter (where l.kind = 'subscription' and not l.is_correction and l.key !~ ':(setup|added|returned)')
        + coalesce(sum(l.quantity_e6) filter (where l.key like '%:added:%' and not l.is_correction), 0) as quantity,
      coalesce(sum(l.amount_minor) filter (where l.is_posted and not l.is_drifted), 0) as in_books,
      bool_or(l.is_drifted) as is_drifted, bool_and(l.is_posted) as is_posted
    from line l left join summary s on l.kind = 'usage' and s.ref = l.ref
    group by 1, 2, 3),
  both_sides as (
    select thing, customer_id, currency, v.company_id, coalesce(v.customer_name, o.customer_name) as customer_name,
      case when thing like 'subscription:%' then substr(thing, 14)::uuid end as subscription_id, v.product_id,
      v.product_name, o.description, v.cost, v.quantity as invoiced, o.amount, o.cost as known_cost, o.quantity as billed,
      o.in_books, o.is_drifted, o.is_posted, o.is_own, v.thing is not null as is_invoiced, o.thing is not null as is_billed,
      coalesce(o.is_usage, v.is_usage) as is_usage, count(*) over (partition by thing, customer_id) > 1 as is_mixed,
      greatest(coalesce(v.items, 1) + coalesce(o.lines, 0),
        case when coalesce(o.is_usage, v.is_usage) then 0 else ceil(abs(coalesce(v.quantity, 0)) / 1000000) end) as tolerance
    from vendor v full join ours o using (thing, customer_id, currency)),
  reported as (
    select distinct on (s.id) s.id, s.product_id::text as product_id, s.product_name, s.quantity_e6
    from billing.pax8_subscriptions s, month m where s.effective_from < m.next order by s.id, s.effective_from desc),
  known as (
    select b.thing, b.customer_id, b.currency, b.company_id, b.customer_name, b.subscription_id, b.cost, b.invoiced, b.amount,
      b.known_cost, b.billed, b.in_books, b.is_drifted, b.is_posted, b.is_own, b.is_invoiced, b.is_billed, b.is_usage,
      b.is_mixed, b.tolerance, coalesce(b.product_id, p.product_id) as product_id,
      coalesce(b.product_name, p.product_name, b.description, '') as product_name, p.quantity_e6 as reported,
      case when b.is_usage then u.is_final else s.company_id is not null end as is_spoken
    from both_sides b
    cross join month m
    left join reported p on p.id = b.subscription_id
    left join billing.customers c on c.id = b.customer_id
    left join spoken s on s.company_id = c.pax8_company_id and s.invoice_month = m.start
    left join spoken u on u.company_id = c.pax8_company_id and u.invoice_month = m.next),
  reasoned as (
    select k.*, case
      when is_invoiced and customer_id is null then 'unlinked'
      when not is_invoiced and coalesce(is_own, false) then case when is_posted then null else 'not-posted' end
      when not is_invoiced and is_spoken is not true then 'no-data'
      when is_mixed then 'currency-differs'
      when not is_billed then case when cost <> 0 then 'not-billed' end
      when not is_invoiced then case when amount <> 0 then 'billed-without-cost' end
      when known_cost is null then 'cost-unknown'
      when abs(cost - known_cost) > tolerance then
        case when not is_usage and invoiced is distinct from billed then 'quantity-differs' else 'price-differs' end
      when is_drifted then 'changed-in-quickbooks'
      when not is_posted then 'not-posted'
    end as reason from known k),
  compared as (
    select r.*, concat_ws('|', thing, customer_id, currency) as key,
      case reason
        when 'quantity-differs' then abs(cost - known_cost)
        when 'price-differs' then abs(cost - known_cost)
        when 'billed-without-cost' then abs(amount)
        when 'changed-in-quickbooks' then abs(amount - in_books)
        when 'not-posted' then abs(amount - in_books)
        when 'no-data' then 0
        else abs(coalesce(cost, amount, 0)) end as stake,
      case when is_invoiced then cost else known_cost end as margin_cost,
      case when is_usage then 0 else greatest(0, coalesce(invoiced, 0) - coalesce(billed, 0)) end as unbilled
    from reasoned r)`;
