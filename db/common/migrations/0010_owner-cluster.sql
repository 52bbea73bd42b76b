-- Whose cluster a tenant is of, so that one whose cluster is lost can be taken over. Rows of before are of the nil cluster, of
-- which is heard as long as an operator of before asks.
alter table app.tenants add column owner_cluster uuid not null default '00000000-0000-0000-0000-000000000000';

-- The clusters whose operators work on this registry. An operator is heard of once a minute, in portal_db alone, which decides
-- whose a tenant is; the nil uuid stands for operators that do not say where they run.
create table app.clusters (
  id uuid primary key,
  seen_at timestamptz not null default now()
);
insert into app.clusters (id) values ('00000000-0000-0000-0000-000000000000');
alter table app.clusters enable row level security, force row level security;
create policy registry on app.clusters to legendops_owner using (true) with check (true);

-- An operator of this cluster runs.
create function app.see_cluster(p_cluster uuid) returns void language plpgsql security definer set search_path = ''
  as $$
    begin
      insert into app.clusters as c (id) values (p_cluster)
        on conflict (id) do update set seen_at = pg_catalog.now() where c.seen_at < pg_catalog.now() - interval '10 seconds';
    end
  $$;

drop function app.register_tenant(uuid, text, text, text, jsonb, jsonb, uuid, uuid);
-- Registers a tenant, or brings its row up to date; writes nothing where nothing differs.
-- outcome: registered | updated | unchanged | adopted | name-taken | name-retained. With the last two `refusal` says why, and id
-- and holder speak of the tenant that is there:
--   retained        its resource was deleted: who names its id may adopt it
--   owner-gone      its resource was of this cluster, where a name is there once: who names its id may adopt it
--   cluster-silent  its resource was of another cluster, of which nothing was heard for five minutes: who names that cluster as
--                   lost may adopt it
--   cluster-lives   its resource is of a cluster whose operator runs
--   other-name      the id belongs to a tenant of another name
--   currency        it may be adopted, and its money is in another currency
--   unknown         there is no tenant that could be adopted
-- p_decided: portal_db has said that p_id is this resource's, and this database follows.
create function app.register_tenant(
  p_id uuid, p_name text, p_display_name text, p_state text, p_limits jsonb, p_settings jsonb, p_owner_uid uuid, p_adopt uuid,
  p_cluster uuid default null, p_lost_cluster uuid default null, p_decided boolean default false
) returns table (id uuid, outcome text, refusal text, holder jsonb) language plpgsql security definer set search_path = ''
  as $$
    declare
      held app.tenants;
      heard_at timestamptz;
      why text;
    begin
      perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('legendops:tenant:' || p_name, 0));
      -- An operator of before says in every pass, by asking, that it runs.
      if p_cluster is null then perform app.see_cluster('00000000-0000-0000-0000-000000000000'); end if;
      select * into held from app.tenants t where t.owner_uid = p_owner_uid;
      if found then
        if (held.display_name, held.state, held.limits, held.settings, held.owner_cluster)
          = (p_display_name, p_state, p_limits, p_settings, coalesce(p_cluster, held.owner_cluster)) then
          return query select held.id, 'unchanged', null::text, null::jsonb;
          return;
        end if;
        update app.tenants t set display_name = p_display_name, state = p_state, limits = p_limits, settings = p_settings,
            owner_cluster = coalesce(p_cluster, held.owner_cluster), updated_at = pg_catalog.now()
          where t.id = held.id;
        return query select held.id, 'updated', null::text, null::jsonb;
        return;
      end if;
      select * into held from app.tenants t where t.name = p_name or t.id in (p_id, p_adopt)
        order by t.name = p_name desc limit 1;
      if not found and p_adopt is not null and not p_decided then
        return query select p_adopt, 'name-taken', 'unknown', '{}'::jsonb;
        return;
      end if;
      if not found then
        insert into app.tenants (id, name, display_name, state, limits, settings, owner_uid, owner_cluster)
          values (p_id, p_name, p_display_name, p_state, p_limits, p_settings, p_owner_uid,
            coalesce(p_cluster, '00000000-0000-0000-0000-000000000000'));
        return query select p_id, 'registered', null::text, null::jsonb;
        return;
      end if;
      select c.seen_at into heard_at from app.clusters c where c.id = held.owner_cluster;
      why := case
        when held.name <> p_name then 'other-name'
        when p_decided and held.id = p_id then null
        when held.state = 'retained' then case when p_adopt is distinct from held.id then 'retained' end
        when held.owner_cluster = p_cluster then case when p_adopt is distinct from held.id then 'owner-gone' end
        when heard_at > pg_catalog.now() - interval '5 minutes' then 'cluster-lives'
        when p_lost_cluster is distinct from held.owner_cluster then 'cluster-silent'
      end;
      if why is null and held.settings->>'currency' <> p_settings->>'currency' then why := 'currency'; end if;
      if why is not null then
        return query select held.id, case held.state when 'retained' then 'name-retained' else 'name-taken' end, why,
          pg_catalog.jsonb_build_object('name', held.name, 'cluster', held.owner_cluster,
            'heardAt', pg_catalog.to_char(heard_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'),
            'currency', held.settings->>'currency');
        return;
      end if;
      update app.tenants t set owner_uid = p_owner_uid, owner_cluster = coalesce(p_cluster, t.owner_cluster),
          display_name = p_display_name, state = p_state, limits = p_limits, settings = p_settings, updated_at = pg_catalog.now()
        where t.id = held.id;
      return query select held.id, 'adopted', null::text, null::jsonb;
    end
  $$;

-- The tenants that a resource has here: what its deletion has to undo.
create function app.tenants_of_owner(p_owner_uid uuid) returns setof uuid language plpgsql stable security definer set search_path = ''
  as $$
    begin
      return query select t.id from app.tenants t where t.owner_uid = p_owner_uid;
    end
  $$;

grant execute on function
  app.register_tenant(uuid, text, text, text, jsonb, jsonb, uuid, uuid, uuid, uuid, boolean), app.see_cluster(uuid),
  app.tenants_of_owner(uuid) to app_registry;
