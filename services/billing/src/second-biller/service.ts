import type { ActingScope } from '@legendops/kit/audit/audit';
import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { Problem } from '@legendops/kit/errors/problem';
import type { InvoiceService } from '../invoice/service.ts';
import { addMonths } from '../rating/period.ts';
import { seenOf, type Said } from './beside.ts';
import type { NewSuperOpsChoice, SuperOpsChoice, SuperOpsChoices } from './contract.ts';
import type { SuperOpsInvoicesOf } from './portal-superops.ts';
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

/** What is said of a month. Where SuperOps cannot be asked it is what was said before: what is there is told once it can. */
const seenNow = async (
  { invoicesOf, store }: Pick<Parts, 'invoicesOf' | 'store'>,
  scope: Scope,
  { customerId, period }: NewSuperOpsChoice,
): Promise<Said['seen']> => {
  if (period === null) return null;
  const told = await store.toldOf(scope, { customerId, period });
  const before = (await store.saidOf(scope, { customerId, period }))?.seen ?? { ids: [], unreadable: 0 };
  try {
    const found = await invoicesOf(scope.tenantId, { customerId, from: period, until: addMonths(period, 1) });
    return seenOf(found, { told, before });
  } catch (error) {
    if (error instanceof Problem) return before;
    throw error;
  }
};

interface Parts {
  store: SuperOpsChoiceStore;
  invoicesOf: SuperOpsInvoicesOf;
  invoices: Pick<InvoiceService, 'postAgain'>;
}

export const superOpsChoiceService = ({ store, invoicesOf, invoices }: Parts): SuperOpsChoiceService => ({
  all: async (scope, actor) => ({
    data: (await store.all(scope)).map(present),
    acts: { remove: presentVerdict(refusedToRole(actor, permissionTo.choose)) },
  }),
  choose: async (scope, { memberId }, choice) => {
    const seen = await seenNow({ invoicesOf, store }, scope, choice);
    const row = await store.choose(scope, { ...choice, seen }, memberId);
    await invoices.postAgain(scope, { codes: ['superops-invoices-too'], customerId: choice.customerId });
    return present(row);
  },
  remove: (scope, id) => store.remove(scope, id),
});
