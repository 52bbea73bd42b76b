import type { ActingScope } from '@legendops/kit/audit/audit';
import { differences } from '@legendops/kit/audit/differences';
import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { ApprovalLimits, NewApprovalLimit } from '../invoice/contract.ts';
import { amountText } from '../rating/currency.ts';
import { allLimits, limitOf, writeLimit } from './store.ts';

export const permissionTo = { change: 'approval-limit.write' } as const satisfies Record<string, Permission>;

export interface ApprovalLimitService {
  all(scope: Scope, actor: Actor): Promise<ApprovalLimits>;
  /** Holds for what is approved from now on. */
  change(scope: ActingScope<'approval-limit.changed'>, actor: Actor, wanted: NewApprovalLimit): Promise<ApprovalLimits>;
}

export const approvalLimitService = (database: TenantDatabase): ApprovalLimitService => {
  const all: ApprovalLimitService['all'] = async (scope, actor) => ({
    data: (await database.read(scope, allLimits)).map(({ currency, limit_minor: limit }) => ({
      currency,
      limitMinor: limit.toString(),
    })),
    acts: { change: presentVerdict(refusedToRole(actor, permissionTo.change)) },
  });
  return {
    all,
    change: async (scope, actor, { currency, limitMinor }) => {
      const wanted = limitMinor === null ? null : BigInt(limitMinor);
      await database.write(scope, async (transaction) => {
        const before = (await transaction.row(limitOf(currency)))?.limit_minor ?? null;
        if (before === wanted) return;
        await writeLimit(transaction, scope, { currency, limit: wanted });
        const shown = (limit: bigint | null) => ({
          limit: limit === null ? null : `${amountText(limit, currency)} ${currency}`,
        });
        await scope.audit(transaction, {
          act: 'approval-limit.changed',
          subject: { type: 'approval-limit', id: currency, name: `Approvals in ${currency}` },
          changes: differences(shown(before), shown(wanted), ['limit']),
        });
      });
      return all(scope, actor);
    },
  };
};
