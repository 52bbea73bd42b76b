-- Customers in the order of their names, for whoever chooses one. The index for names that begin with something goes: a
-- search looks for words anywhere.
create index customers_by_name on portal.customers (tenant_id, search_name collate "C", id);
drop index portal.customers_search;
