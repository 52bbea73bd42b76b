import type { ActingScope } from '@legendops/kit/audit/audit';
import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { InvoiceService } from '../invoice/service.ts';
import type { NewSuperOpsChoice, SuperOpsChoice, SuperOpsChoices } from './contract.ts';
import type { SuperOpsChoiceRow, SuperOpsChoiceStore } from './store.ts';

export const permissionTo = { read: 'link.read', choose: 'invoice.post' } as const satisfies Record<string, Permission>;

export interface SuperOpsChoiceService {
  all(scope: Scope, actor: Actor): Promise<SuperOpsChoices>;
  /** Keeps what a person says, and posts what waited for it. */
  choose(
    scope: ActingScope<'superops-choice.made' | 'invoice.posting-requested'>,
    actor: Actor,
    choice: NewSuperOpsChoice,
  ): Promise<SuperOpsChoice>;
  /** Holds for what is posted from now on. */
  remove(scope: ActingScope<'superops-choice.removed'>, id: string): Promise<void>;
}

const present = (row: SuperOpsChoiceRow): SuperOpsChoice => ({
  id: row.id,
  customerId: row.customer_id,
  customerName: row.customer_name,
  period: row.period,
  chosenAt: row.chosen_at,
});

export const superOpsChoiceService = ({
  store,
  invoices,
}: {
  store: SuperOpsChoiceStore;
  invoices: Pick<InvoiceService, 'postAgain'>;
}): SuperOpsChoiceService => ({
  all: async (scope, actor) => ({
    data: (await store.all(scope)).map(present),
    acts: { remove: presentVerdict(refusedToRole(actor, permissionTo.choose)) },
  }),
  choose: async (scope, { memberId }, choice) => {
    const row = await store.choose(scope, choice, memberId);
    await invoices.postAgain(scope, { codes: ['superops-invoices-too'], customerId: choice.customerId });
    return present(row);
  },
  remove: (scope, id) => store.remove(scope, id),
});
