import { PageQuery } from '@legendops/kit/contract/page';
import { Id } from '@legendops/kit/contract/values';
import { sql } from '@legendops/kit/db/sql';
import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import { decodeCursor, toPage } from '@legendops/kit/http/keyset-cursor';
import { noContent, ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { ExceptionPage, type BillingException } from '../contract.ts';

interface ExceptionRow {
  id: string;
  code: string;
  customer_id: string | null;
  customer_name: string | null;
  detail: string;
  next_step: string;
  period: string | null;
  first_seen_at: string;
}

const list = 'exceptions';

const present = (row: ExceptionRow): BillingException => ({
  id: row.id,
  code: row.code,
  customerId: row.customer_id,
  customerName: row.customer_name,
  detail: row.detail,
  nextStep: row.next_step,
  period: row.period,
  firstSeenAt: row.first_seen_at,
});

export const exceptionRoutes = (database: TenantDatabase) => [
  route({
    method: 'get',
    path: '/v1/exceptions',
    permission: 'run.read',
    summary: 'What could not be billed and waits for a person, newest first',
    query: PageQuery,
    responses: { 200: ExceptionPage },
    handler: async ({ scope, query: { limit, cursor } }) => {
      const after = decodeCursor(list, cursor, 2);
      const older = after ? sql` and (e.first_seen_at, e.id) < (${after[0]}, ${after[1]}::uuid)` : sql``;
      const rows = await database.read(
        scope,
        sql<ExceptionRow>`
          select e.id, e.code, e.customer_id, c.name as customer_name, e.detail, e.next_step,
            e.period, e.first_seen_at
          from billing.exceptions e
          left join billing.customers c on c.tenant_id = e.tenant_id and c.id = e.customer_id
          where e.resolved_at is null and e.dismissed_at is null${older} order by e.first_seen_at desc, e.id desc limit ${limit + 1}`,
      );
      return ok(toPage({ rows, limit, list, keys: (row) => [row.first_seen_at, row.id], present }));
    },
  }),
  route({
    method: 'post',
    path: '/v1/exceptions/{exceptionId}/dismissal',
    permission: 'invoice.approve',
    summary: 'Says that a person has seen to it; it comes back only if a run has something else to say',
    params: z.strictObject({ exceptionId: Id }),
    responses: { 204: null },
    handler: async ({ scope, actor, params: { exceptionId } }) => {
      const dismissed = await database.write(scope, (transaction) =>
        transaction.change(sql`
          update billing.exceptions set dismissed_at = coalesce(dismissed_at, now()), dismissed_by = ${actor.memberId}
          where id = ${exceptionId} and resolved_at is null`),
      );
      if (dismissed === 0) throw problem('exception.not-found');
      return noContent();
    },
  }),
];
