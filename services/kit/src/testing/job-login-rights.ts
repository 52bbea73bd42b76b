/** What a tenant's login may do to a table. Columns are named one by one: there is no right to a whole row. */
interface TableRights {
  select?: true;
  insert?: readonly string[];
  update?: readonly string[];
}

const words = (text: string): string[] => text.trim().split(/\s+/);

const subscription =
  words(`company_id product_id product_name quantity_e6 status billing_term start_date end_date price_e8
  cost_e8 currency commitment_id commitment_term commitment_end commitment_decrease commitment_cancellation
  commitment_fee`);

const bookEntry =
  words(`state doc_number remote_customer_id currency total_minor tax_minor open_minor line_minors due_on sync_token
  seen_at`);

const shared: Record<string, TableRights> = {
  'app.tenants': { select: true },
  'migrations.common': { select: true },
  'migrations.own': { select: true },
};

const inBilling: Record<string, TableRights> = {
  'billing.account_looks': { select: true, insert: words('tenant_id realm_id read_to'), update: ['read_to'] },
  'billing.book_entries': {
    select: true,
    insert: ['tenant_id', 'posting_id', 'invoice_id', ...bookEntry],
    update: bookEntry,
  },
  'billing.connections': { select: true },
  'billing.customers': { select: true },
  'billing.exceptions': {
    select: true,
    insert: words(
      'tenant_id run_id subject_key code customer_id detail next_step period amount_minor currency invoice_id',
    ),
    update: words(
      'customer_id detail next_step resolved_at dismissed_at dismissed_by amount_minor currency invoice_id',
    ),
  },
  'billing.invoice_lines': {
    select: true,
    insert:
      words(`tenant_id invoice_id position source_key description quantity_e6 unit_price_e8 amount_minor cost_minor
      explanation corrects corrects_period rated`),
  },
  // What persons changed and decided is read; that a rejection was answered is the run's to say.
  'billing.line_edits': { select: true },
  'billing.invoice_decisions': { select: true, update: words('answered_at') },
  'billing.invoices': {
    select: true,
    insert: words(
      `tenant_id customer_id customer_name period_start period_end currency total_minor content_hash run_id`,
    ),
    update: words('customer_name total_minor content_hash run_id'),
  },
  'billing.pax8_companies': {
    select: true,
    insert: words('tenant_id id name status'),
    update: words('name status learned_at'),
  },
  'billing.pax8_hints': { select: true, update: ['read_at'] },
  'billing.pax8_evidence': {
    select: true,
    insert: words('tenant_id kind subject id body effective_from'),
    update: words('body learned_at effective_to'),
  },
  'billing.pax8_evidence_reads': {
    select: true,
    insert: words('tenant_id kind subject read_on'),
    update: ['read_on'],
  },
  'billing.pax8_invoice_items': {
    select: true,
    insert:
      words(`tenant_id invoice_id invoice_month fingerprint type company_id company_name subscription_id product_id
      product_name term period start_period end_period quantity_e6 cost_e8 currency`),
    update: ['superseded_at'],
  },
  'billing.pax8_subscriptions': {
    select: true,
    insert: ['tenant_id', 'id', 'effective_from', 'listed_on', ...subscription],
    update: ['learned_at', 'effective_to', ...subscription],
  },
  'billing.pax8_usage_lines': {
    select: true,
    insert: words(`tenant_id summary_id subscription_id company_id usage_date product_id product_name resource_group
      unit_of_measure quantity_e6 partner_total_e8 current_charges_e8 currency is_trial`),
    update: ['superseded_at'],
  },
  'billing.pax8_usage_reads': {
    select: true,
    insert: words('tenant_id summary_id read_from read_to read_at'),
    update: words('read_from read_to read_at'),
  },
  'billing.periods': {
    select: true,
    insert: words('tenant_id period'),
    update: words('state run_id run_on asked_at asked_by left_open'),
  },
  'billing.postings': { select: true },
  'billing.price_rules': { select: true },
  'billing.prorations': { select: true },
  'billing.runs': {
    select: true,
    insert: words('tenant_id job period fence session started_at'),
    update: words('state code detail counts finished_at'),
  },
  'billing.usage_days': {
    select: true,
    insert: words('tenant_id day read_on'),
    update: ['read_on'],
  },
  'billing.variance_thresholds': { select: true },
};

const inPortal: Record<string, TableRights> = {
  'portal.runs': {
    select: true,
    insert: words('tenant_id job fence session started_at'),
    update: words('state code detail counts finished_at'),
  },
  'portal.superops_held': {
    select: true,
    insert: words('tenant_id region subdomain kind subject name fields'),
    update: words('name fields held_since resolved_at'),
  },
  'portal.superops_objects': {
    select: true,
    insert: words('tenant_id region subdomain kind id client_id ticket_id name body changed_at'),
    update: words('client_id ticket_id name body changed_at learned_at messages_of gone_at'),
  },
  'portal.superops_reads': {
    select: true,
    insert: words('tenant_id region subdomain kind changes_to whole_at read_at'),
    update: words('changes_to whole_at read_at'),
  },
};

/** The databases that tenants' jobs have business in. */
export const jobDatabases = ['billing_db', 'portal_db'] as const;
type JobDatabase = (typeof jobDatabases)[number];

/** A table that is not here is closed to it. Nowhere may it delete, truncate, refer, hang a trigger on, or lock. */
export const jobTableRights: Record<JobDatabase, Record<string, TableRights>> = {
  billing_db: { ...shared, ...inBilling },
  portal_db: { ...shared, ...inPortal },
};

const sharedFunctions = words('app.customer_id() app.own_tenant() app.session_tenant() app.tenant_id() app.uuid_v7()');

const billingFunctions =
  words(`billing.check_invoice_step(billing.invoices,billing.invoices) billing.is_own_session(integer)
  billing.remove_companies(uuid[]) billing.remove_draft_lines(uuid) billing.remove_drafts(uuid[])`);

/** Functions of ours that it may execute. */
export const jobFunctions: Record<JobDatabase, string[]> = {
  billing_db: [...sharedFunctions, ...billingFunctions],
  portal_db: [...sharedFunctions, 'portal.is_own_session(integer)'],
};

/** Volatile functions of PostgreSQL that everybody may execute, by name, and why that lets nobody reach another tenant. */
export const harmlessFunctions: readonly [names: RegExp, reason: string][] = [
  [/^(random|random_normal|setseed|gen_random_uuid|uuidv4|uuidv7|clock_timestamp|timeofday)$/, 'a value'],
  [/^array_(shuffle|sample)$/, 'a value'],
  [/^(query|cursor)_to_xml/, 'runs a statement with the rights of the caller'],
  [/^ts_(rewrite|stat)$/, 'runs a statement with the rights of the caller'],
  [/^(current_query|lastval|currval|nextval|setval)$/, 'its own session, and sequences, of which it has none'],
  [/^pg_(sequence_last_value|get_sequence_data)$/, 'sequences, of which it has none'],
  [/^set_config$/, 'its own settings: no policy of tenant_job reads one'],
  [/^pg_(cancel|terminate)_backend$/, 'sessions of its own login'],
  [/^pg_sleep/, 'keeps a session of its own waiting, of which it has ten'],
  [/^pg_(database|tablespace|relation|total_relation|table|indexes)_size$/, 'bytes of all tenants together'],
  [/^pg_stat_(clear_snapshot|force_next_flush)$/, 'its own session'],
  [/^pg_notification_queue_usage$/, 'a number'],
  [
    /^(txid_status|pg_xact_status|pg_xact_commit_timestamp|pg_xact_commit_timestamp_origin|pg_last_committed_xact)$/,
    'whether a transaction id committed, of whoever',
  ],
  [/^pg_get_multixact_members$/, 'transaction ids'],
  [/^pg_isolation_test_session_is_blocked$/, 'whether a session waits'],
  [/^pg_(current_wal|last_wal|last_xact_replay|is_in_recovery|is_wal_replay_paused|get_wal)/, 'how far the server is'],
  [
    /^pg_(available_wal_summaries|wal_summary_contents|jit_available|get_loaded_modules|get_wait_events)$/,
    'the server',
  ],
  [/^pg_control_/, 'the server'],
  [/^pg_(collation|database_collation)_actual_version$/, 'the server'],
  [/^pg_partition_(tree|ancestors)$/, 'the catalog'],
  [
    /^(currtid2|amvalidate|.*handler|bernoulli|system|dsnowball_.*|plpgsql_validator)$/,
    'asks for rights itself, or takes what no SQL can give',
  ],
  [/^(brin_|gin_clean_pending_list)/, 'asks whether the caller owns the index'],
  [/^pg_(restore|clear)_(relation|attribute)_stats$/, 'asks for MAINTAIN on the table'],
  [/^binary_upgrade_/, 'refused outside an upgrade of the server'],
  [/^pg_.*replication_slot/, 'asks for REPLICATION'],
  [/^pg_(logical_slot_|sync_replication_slots|replication_slot_advance)/, 'asks for REPLICATION'],
  [
    /^pg_(nextoid|stop_making_pinned_objects|import_system_collations|extension_config_dump)$/,
    'asks for a superuser or an extension',
  ],
];

/** Statements that are about no table, and what becomes of them: a refusal's SQLSTATE, or why they may be. */
export const jobStatements: readonly [statement: string, refusal: string | { allowed: string }][] = [
  ['create schema mine', '42501'],
  ['create table app.mine (id int)', '42501'],
  ['create table public.mine (id int)', '42501'],
  ['create temporary table mine (id int)', '42501'],
  ['create function public.mine() returns int language sql as $$ select 1 $$', '42501'],
  ['create view billing.mine as select 1', '42501'],
  ['do $$ begin perform 1; end $$', '42501'],
  ['create extension dblink', '42501'],
  ['create role mine', '42501'],
  ['create database mine', '42501'],
  ['create publication mine', '42501'],
  ['create server mine foreign data wrapper mine', '42704'],
  ['create event trigger mine on ddl_command_start execute function app.touch()', '42501'],
  ['alter system set work_mem = 1', '42501'],
  ['alter database template1 set work_mem = 1', '42501'],
  ['alter role tenant_job set work_mem = 1', '42501'],
  ['alter role postgres password null', '42501'],
  ['grant tenant_job to svc_billing', '42501'],
  ['set role tenant_job', '42501'],
  ['set role app_service', '42501'],
  ['set role legendops_owner', '42501'],
  ['set session authorization svc_billing', '42501'],
  ['set session_replication_role = replica', '42501'],
  ['set log_statement = none', '42501'],
  ["copy (select 1) to program 'true'", '42501'],
  ["copy (select 1) to '/tmp/mine'", '42501'],
  ["copy billing.runs from '/etc/passwd'", '42501'],
  ["select pg_read_file('PG_VERSION')", '42501'],
  ["select pg_ls_dir('.')", '42501'],
  ['select lo_create(0)', '42501'],
  ["select lo_from_bytea(0, 'x')", '42501'],
  ['select pg_advisory_lock(1)', '42501'],
  ['select pg_try_advisory_xact_lock(1)', '42501'],
  ['select pg_export_snapshot()', '42501'],
  ["select pg_notify('mine', '')", '42501'],
  ['select app.lock_logins(app.session_tenant())', '42501'],
  ['select * from pg_authid', '42501'],
  ['select * from pg_roles', '42501'],
  ['select * from pg_stat_activity', '42501'],
  ['select * from pg_locks', '42501'],
  ['checkpoint', '42501'],
  ["prepare transaction 'mine'", '55000'],
  [
    'drop owned by tenant_job cascade',
    { allowed: 'owns nothing, has no policy, and what it was granted only its grantor takes' },
  ],
  ['reassign owned by tenant_job to current_user', { allowed: 'owns nothing' }],
  ['notify mine', { allowed: 'cannot be taken away; nothing of ours listens, or has a tenant in a payload' }],
  ['listen mine', { allowed: 'cannot be taken away; nothing of ours notifies' }],
  [
    'set statement_timeout = 0',
    { allowed: 'cannot be taken away; the operator closes the login and ends its sessions' },
  ],
  [
    'alter role current_user set statement_timeout = 0',
    { allowed: 'cannot be taken away; the operator sets it right' },
  ],
  [
    "alter role current_user password 'mine'",
    { allowed: 'cannot be taken away; the operator finds that its own no longer opens' },
  ],
  [
    'alter default privileges grant select on tables to public',
    { allowed: 'cannot be taken away; of objects, of which it can make none; the operator names it' },
  ],
];
