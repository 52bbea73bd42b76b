import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { RightsOf } from '../member/rights.ts';
import { amountText } from '../rating/currency.ts';
import type { GivenApproval } from './contract.ts';
import { approversNeeded, permissionTo } from './policy.ts';

/** Why what was approved may not go, and whose word counts no more. */
export interface Lapse {
  memberIds: string[];
  detail: string;
}

interface Approved {
  invoice_id: string;
  currency: string;
  total_minor: bigint;
}

/** Undefined where enough of those who approved it may still do so. */
export type StandingApproval = (scope: Scope, approved: Approved) => Promise<Lapse | undefined>;

type Given = Pick<GivenApproval, 'memberId' | 'by'>;

// One from before there was a list of them stands beside the invoice.
const approvalsOf = (id: string) => sql<Given>`
  select a.member_id as "memberId", a.member_name as by
  from billing.invoice_approvals a join billing.invoices i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
  where a.invoice_id = ${id} and a.content_hash = i.content_hash
  union all
  select i.approved_by, 'Whoever' from billing.invoices i
  where i.id = ${id} and i.approved_by is not null and not exists (
    select from billing.invoice_approvals a where a.tenant_id = i.tenant_id and a.invoice_id = i.id)
  order by 2, 1`;

/** What is approved, against who may approve and from what on two have to, both as they are now. */
export const lapseOf = (
  { currency, total_minor: total }: Pick<Approved, 'currency' | 'total_minor'>,
  { given, limit, mayApprove }: { given: readonly Given[]; limit: bigint | null; mayApprove: (id: string) => boolean },
): Lapse | undefined => {
  const lost = given.filter(({ memberId }) => !mayApprove(memberId));
  if (given.length - lost.length >= approversNeeded({ total_minor: total }, { limit })) return undefined;
  const memberIds = lost.map(({ memberId }) => memberId);
  const look = 'Look at its lines and press “Approve”';
  if (lost.length > 0) {
    const names = lost.map(({ by }) => by).join(' and ');
    return { memberIds, detail: `${names} approved it, and may approve invoices no more. ${look}` };
  }
  if (given.length === 0 || limit === null) return { memberIds, detail: `Nobody has approved it as it is. ${look}` };
  const above = `above ${amountText(limit, currency)} ${currency}`;
  return { memberIds, detail: `By now two persons approve what is ${above}, and one has. ${look}` };
};

/** Asked at the moment at which money moves: an approval is the word of somebody who may give it then, too. */
export const standingApproval =
  (database: TenantDatabase, rightsOf: RightsOf): StandingApproval =>
  async (scope, approved) => {
    const may = await rightsOf(scope.tenantId);
    const [given, limits] = await database.readAll<[Given, { limit: bigint }]>(scope, [
      approvalsOf(approved.invoice_id),
      sql`select limit_minor as limit from billing.approval_limits where currency = ${approved.currency}`,
    ]);
    return lapseOf(approved, {
      given,
      limit: limits[0]?.limit ?? null,
      mayApprove: (memberId) => may(memberId, permissionTo.approve),
    });
  };
