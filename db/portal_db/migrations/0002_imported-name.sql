-- The name that Pax8 gave: an import renames only what still has it, and leaves alone what a person has renamed.
alter table portal.customers add column imported_name text;

-- The owner itself is under the policies, and a migration has no tenant. Nothing of this is a change that anybody made.
alter table portal.customers no force row level security, disable trigger touch;
update portal.customers set imported_name = name where pax8_company_id is not null;
alter table portal.customers force row level security, enable trigger touch;
