-- An import brings a tenant's rows as the owner of the tables: this table's too.
alter policy holders on portal.superops_connections with check (tenant_id = (select app.tenant_id()));
