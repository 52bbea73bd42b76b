import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase, Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { Cause } from './notice-row.ts';

export interface SweepStore {
  /** Tenants that are due to be looked through at an instant, those that wait longest first. */
  due(busy: readonly string[], now: Date): Promise<{ id: string; tenantId: string }[]>;
  /** Takes a tenant for one look; false when another process has. */
  begin(scope: Scope, now: Date, everySeconds: number): Promise<boolean>;
}

const atOnce = 200;

export const sweepStore = (database: TenantDatabase, platform: PlatformDatabase): SweepStore => ({
  due: (busy, now) =>
    platform.read(
      'notices',
      sql<{ id: string; tenantId: string }>`
        select t.id, t.id as "tenantId" from app.tenants t left join billing.notice_sweeps s on s.tenant_id = t.id
        where t.state = 'active' and (s.next_at is null or s.next_at <= ${now}) and t.id <> all (${busy}::uuid[])
        order by s.next_at nulls first, t.id limit ${atOnce}`,
    ),
  begin: (scope, now, everySeconds) =>
    database.write(
      scope,
      async (transaction) =>
        (await transaction.change(sql`
          insert into billing.notice_sweeps as s (tenant_id, next_at)
          values (${scope.tenantId}, ${now}::timestamptz + make_interval(secs => ${everySeconds}::integer))
          on conflict (tenant_id) do update set next_at = excluded.next_at where s.next_at <= ${now}`)) === 1,
    ),
});

/** Writes down what is new, and that the causes of others are gone. Of two processes that find one cause one writes it. */
export const recordCauses = async (
  transaction: Transaction,
  { tenantId }: Scope,
  { raised, cleared, now }: { raised: readonly Cause[]; cleared: readonly string[]; now: Date },
): Promise<void> => {
  if (cleared.length > 0)
    await transaction.change(sql`
      update billing.notices set cleared_at = ${now} where id = any (${cleared}::uuid[]) and cleared_at is null`);
  if (raised.length === 0) return;
  const rows = jsonValue(
    raised.map(({ key, kind, title, customerName, period, amount, detail, nextStep, path }) => ({
      cause_key: key,
      kind,
      title,
      customer_name: customerName,
      period,
      amount_minor: amount === null ? null : amount.minor.toString(),
      currency: amount?.currency ?? null,
      detail,
      next_step: nextStep,
      path,
    })),
  );
  await transaction.change(sql`
    insert into billing.notices (tenant_id, cause_key, kind, title, customer_name, period, amount_minor, currency, detail,
      next_step, path, raised_at)
    select ${tenantId}, r.cause_key, r.kind, r.title, r.customer_name, r.period, r.amount_minor, r.currency, r.detail,
      r.next_step, r.path, ${now}
    from jsonb_to_recordset(${rows}::jsonb) r (cause_key text, kind text, title text, customer_name text, period date,
      amount_minor bigint, currency text, detail text, next_step text, path text)
    on conflict (tenant_id, cause_key) where cleared_at is null do nothing`);
};
