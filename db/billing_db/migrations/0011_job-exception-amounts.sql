-- What a run says that an exception is about is a job's, as the rest of it.
grant insert (amount_minor, currency), update (amount_minor, currency) on billing.exceptions to tenant_job;
