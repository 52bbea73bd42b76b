-- A price names the billing term that it is for, and may be made in more ways than a markup and a price a unit. Rules from
-- before name none; a price a unit of theirs is not taken for anything that is paid in advance.
alter table billing.price_rules drop constraint price_rules_kind_check, drop constraint price_rules_check,
  drop constraint price_rules_check1;
alter table billing.price_rules
  add column billing_term text,
  add column margin_ppm integer,
  add column tiers jsonb,
  add column discount_ppm integer not null default 0,
  add column floor_price_e8 bigint,
  add column floor_margin_e8 bigint,
  add column rounding text not null default 'line',
  add column minimum_minor bigint,
  add column setup_minor bigint,
  add constraint price_rules_kind_check
    check (kind in ('markup', 'margin', 'fixed', 'flat', 'volume', 'graduated', 'free')),
  add constraint price_rules_billing_term_check
    check (billing_term in ('Monthly', 'Annual', '2-Year', '3-Year', 'One-Time', 'usage')),
  add constraint price_rules_margin_ppm_check check (margin_ppm between -1000000 and 999999),
  add constraint price_rules_discount_ppm_check check (discount_ppm between 0 and 1000000),
  add constraint price_rules_floors_check check (floor_price_e8 >= 0 and floor_margin_e8 >= 0),
  add constraint price_rules_rounding_check check (rounding in ('line', 'unit')),
  -- What is paid in advance is of no month, and so is no part of a month's least.
  add constraint price_rules_minimum_check
    check (minimum_minor is null or minimum_minor > 0 and (billing_term is null or billing_term in ('Monthly', 'usage'))),
  add constraint price_rules_setup_check check (setup_minor > 0),
  add constraint price_rules_markup_check check ((kind = 'markup') = (markup_ppm is not null)),
  add constraint price_rules_margin_check check ((kind = 'margin') = (margin_ppm is not null)),
  add constraint price_rules_price_check check ((kind in ('fixed', 'flat')) = (unit_price_e8 is not null)),
  add constraint price_rules_tiers_check check ((kind in ('volume', 'graduated')) = (tiers is not null)),
  add constraint price_rules_currency_needed_check check (currency is not null or coalesce(unit_price_e8, floor_price_e8,
    floor_margin_e8, minimum_minor, setup_minor) is null and tiers is null);
alter table billing.price_rules rename constraint price_rules_check2 to price_rules_check;

-- What an invoice was priced by is found again before a rule is removed.
create index invoice_lines_rule on billing.invoice_lines (tenant_id, (explanation ->> 'ruleId'));

-- How days of a month become a share of its price, from a month on; actual days where nothing is said.
create table billing.prorations (
  tenant_id uuid not null,
  valid_from date not null check (extract(day from valid_from) = 1),
  proration text not null check (proration in ('actual', 'thirty-actual', 'thirty-360')),
  created_at timestamptz not null default now(),
  primary key (tenant_id, valid_from)
);
alter table billing.prorations enable row level security, force row level security;
create policy tenant on billing.prorations
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.prorations as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.prorations to app_service;
grant select on billing.prorations to tenant_job;
