-- Under the locale C, which some servers have, lower() knows ASCII alone: ÉCLAIR and éclair were two names. The collation is
-- PostgreSQL's own, there from 17 on whatever the server's locale, and never changes with its operating system.
alter table portal.customers alter column search_name set expression as (lower(name collate pg_catalog.pg_c_utf8));
