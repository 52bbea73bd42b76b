-- What Pax8 says of a subscription's commitment, and on which day it listed the subscription first.
alter table billing.pax8_subscriptions
  add column listed_on date,
  add column commitment_id uuid,
  add column commitment_term text,
  add column commitment_end date,
  add column commitment_decrease boolean,
  add column commitment_cancellation boolean,
  add column commitment_fee boolean;
grant insert (listed_on, commitment_id, commitment_term, commitment_end, commitment_decrease, commitment_cancellation,
    commitment_fee),
  update (commitment_id, commitment_term, commitment_end, commitment_decrease, commitment_cancellation, commitment_fee)
  on billing.pax8_subscriptions to tenant_job;
