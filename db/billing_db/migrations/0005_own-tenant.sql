-- One policy for services and jobs alike, for everybody and not for tenant_job: `drop owned by tenant_job`, which each of its
-- members may send, would take the policies for that role away, and every tenant's jobs would see nothing.
drop policy service on billing.customers;
drop policy job on billing.customers;
create policy tenant on billing.customers
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
drop policy service on billing.connections;
drop policy job on billing.connections;
create policy tenant on billing.connections
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
drop policy service on billing.price_rules;
drop policy job on billing.price_rules;
create policy tenant on billing.price_rules
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
drop policy service on billing.runs;
drop policy job on billing.runs;
create policy tenant on billing.runs
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
drop policy service on billing.pax8_companies;
drop policy job on billing.pax8_companies;
create policy tenant on billing.pax8_companies
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
drop policy service on billing.pax8_subscriptions;
drop policy job on billing.pax8_subscriptions;
create policy tenant on billing.pax8_subscriptions
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
drop policy service on billing.pax8_usage_lines;
drop policy job on billing.pax8_usage_lines;
create policy tenant on billing.pax8_usage_lines
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
drop policy service on billing.pax8_usage_reads;
drop policy job on billing.pax8_usage_reads;
create policy tenant on billing.pax8_usage_reads
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
drop policy service on billing.invoices;
drop policy job on billing.invoices;
create policy tenant on billing.invoices
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
drop policy service on billing.invoice_lines;
drop policy job on billing.invoice_lines;
create policy tenant on billing.invoice_lines
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
drop policy service on billing.postings;
drop policy job on billing.postings;
create policy tenant on billing.postings
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
drop policy service on billing.exceptions;
drop policy job on billing.exceptions;
create policy tenant on billing.exceptions
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
drop policy registry on billing.connections;
