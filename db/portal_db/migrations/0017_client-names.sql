-- The name of a customer and of the client that it is, as both were when nothing was left to do about them: a side that differs
-- from it since was changed by somebody. Null of a link that is older than this, before the first look.
alter table portal.superops_clients add column our_name text, add column their_name text,
  -- Why a change of one side was not made on the other; gone with the next that is.
  add column name_refusal text check (name_refusal in ('taken-here', 'refused-there', 'forbidden-there')),
  add constraint superops_clients_names_check check ((our_name is null) = (their_name is null));
