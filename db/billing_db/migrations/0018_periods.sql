-- The ledger of periods: which months a tenant bills, and what became of each.
create table billing.periods (
  tenant_id uuid not null,
  period date not null check (extract(day from period) = 1),
  state text not null default 'due' check (state in ('due', 'run', 'skipped', 'closed')),
  run_id uuid,
  run_on date,
  asked_at timestamptz,
  asked_by uuid,
  reason text,
  decided_by uuid,
  decided_at timestamptz,
  left_open jsonb not null default '[]',
  primary key (tenant_id, period),
  foreign key (tenant_id, run_id) references billing.runs (tenant_id, id) deferrable,
  constraint periods_run_check check (state not in ('run', 'closed') or run_on is not null),
  constraint periods_skipped_check check ((state = 'skipped') = (reason is not null and decided_by is not null and decided_at is not null))
);

-- What was billed so far. The first month is the first that a run was for, whatever became of it: a month without invoices
-- after that one has no row, and is due. The owner itself is under the policies, and a migration has no tenant.
alter table billing.runs no force row level security;
alter table billing.invoices no force row level security;
insert into billing.periods (tenant_id, period)
  select tenant_id, min(period) from (
    select tenant_id, date_trunc('month', period)::date as period from billing.runs where job = 'invoice-run' and period is not null
    union all select tenant_id, date_trunc('month', period_start)::date from billing.invoices) known
  group by tenant_id;
insert into billing.periods as p (tenant_id, period, state, run_id, run_on)
  select distinct on (tenant_id, period) tenant_id, period, 'run', id, ended from (
    select tenant_id, date_trunc('month', period)::date as period, id, coalesce(finished_at, started_at)::date as ended
      from billing.runs where job = 'invoice-run' and state = 'done' and period is not null
    union all select i.tenant_id, date_trunc('month', i.period_start)::date, r.id, coalesce(r.finished_at, r.started_at)::date
      from billing.invoices i join billing.runs r on r.tenant_id = i.tenant_id and r.id = i.run_id) billed
  order by tenant_id, period, ended
  on conflict (tenant_id, period) do update set state = excluded.state, run_id = excluded.run_id, run_on = excluded.run_on;
alter table billing.invoices force row level security;
alter table billing.runs force row level security;

alter table billing.periods enable row level security, force row level security;
create policy tenant on billing.periods
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.periods as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert (tenant_id, period),
  update (state, asked_at, asked_by, reason, decided_by, decided_at, left_open) on billing.periods to app_service;
grant select, insert (tenant_id, period), update (state, run_id, run_on, asked_at, asked_by, left_open)
  on billing.periods to tenant_job;

create function billing.guard_period() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      if new.state <> old.state and (
          app.session_tenant() is not null and (old.state, new.state) not in (('due', 'run'), ('run', 'closed'))
          or current_user = 'app_service' and (old.state, new.state) not in
            (('due', 'skipped'), ('skipped', 'due'), ('closed', 'due'))) then
        raise exception 'a period does not go from % to %', old.state, new.state using errcode = 'restrict_violation';
      end if;
      return new;
    end
  $$;
grant execute on function billing.guard_period() to app_service, tenant_job;
create trigger guard_period before update on billing.periods for each row execute function billing.guard_period();

create function billing.audit_closed_period() returns trigger language plpgsql security definer set search_path = ''
  as $$
    begin
      perform app.append_audit(new.tenant_id, 'period.closed',
        pg_catalog.jsonb_build_object('kind', 'job', 'id', null, 'name', 'invoice-run', 'email', null),
        pg_catalog.jsonb_build_object('type', 'period', 'id', pg_catalog.to_char(new.period, 'YYYY-MM'),
          'name', pg_catalog.to_char(new.period, 'YYYY-MM')),
        '[]');
      return null;
    end
  $$;
create trigger audit after update of state on billing.periods for each row
  when (old.state = 'run' and new.state = 'closed') execute function billing.audit_closed_period();

-- Which days of usage a finished sync has read, and the last time on which of the tenant's days.
create table billing.usage_days (
  tenant_id uuid not null,
  day date not null,
  read_on date not null,
  primary key (tenant_id, day)
);
alter table billing.usage_days enable row level security, force row level security;
create policy tenant on billing.usage_days
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.usage_days as restrictive to app_service using ((select app.customer_id()) is null);
grant select on billing.usage_days to app_service;
grant select, insert (tenant_id, day, read_on), update (read_on) on billing.usage_days to tenant_job;
