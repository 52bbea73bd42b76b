-- Of one month a person says it of the invoices that SuperOps had then: one that comes later is told again. Null where it is said
-- of all that there are and will be: of every month, and before this was kept.
alter table billing.superops_choices
  add column seen_ids text[],
  add column seen_unreadable integer;
-- The same said again is said of what is there by then.
grant update (seen_ids, seen_unreadable, chosen_by, chosen_at) on billing.superops_choices to app_service;
