-- A run says by its own clock when it began and what it read when: the tests' clocks cover months.
grant insert (started_at) on billing.runs to tenant_job;
grant insert (read_at) on billing.pax8_usage_reads to tenant_job;
