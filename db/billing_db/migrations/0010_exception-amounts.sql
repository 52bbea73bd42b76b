-- The money that an exception is about: a worklist begins with the most expensive cause.
alter table billing.exceptions
  add column amount_minor bigint,
  add column currency text,
  add constraint exceptions_amount_check check ((amount_minor is null) = (currency is null));
