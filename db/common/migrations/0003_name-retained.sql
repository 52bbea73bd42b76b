-- Registers a tenant, or brings its row up to date; writes nothing where nothing differs.
-- outcome: registered | updated | unchanged | adopted | name-taken | name-retained (in both the id is the holder's).
create or replace function app.register_tenant(
  p_id uuid, p_name text, p_display_name text, p_state text, p_limits jsonb, p_settings jsonb, p_owner_uid uuid, p_adopt uuid
) returns table (id uuid, outcome text) language plpgsql security definer set search_path = ''
  as $$
    declare
      held app.tenants;
    begin
      perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('legendops:tenant:' || p_name, 0));
      select * into held from app.tenants t where t.owner_uid = p_owner_uid;
      if not found then
        select * into held from app.tenants t where t.name = p_name;
        if not found then
          insert into app.tenants values (p_id, p_name, p_display_name, p_state, p_limits, p_settings, p_owner_uid);
          return query select p_id, 'registered';
          return;
        end if;
        if held.state <> 'retained' or p_adopt is distinct from held.id then
          return query select held.id, case held.state when 'retained' then 'name-retained' else 'name-taken' end;
          return;
        end if;
        update app.tenants t set owner_uid = p_owner_uid, display_name = p_display_name, state = p_state,
            limits = p_limits, settings = p_settings, updated_at = pg_catalog.now()
          where t.id = held.id;
        return query select held.id, 'adopted';
        return;
      end if;
      if (held.display_name, held.state, held.limits, held.settings) = (p_display_name, p_state, p_limits, p_settings) then
        return query select held.id, 'unchanged';
        return;
      end if;
      update app.tenants t set display_name = p_display_name, state = p_state, limits = p_limits, settings = p_settings,
          updated_at = pg_catalog.now()
        where t.id = held.id;
      return query select held.id, 'updated';
    end
  $$;
