import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole } from '@legendops/kit/auth/policy';
import { allows, type Permission } from '@legendops/kit/contract/permissions';
import type { BillingException, WayOut } from '../contract.ts';
import { exceptionKind } from './exception-kinds.ts';
import type { ExceptionRow } from './exception-row.ts';

export const permissionTo = { dismiss: 'invoice.approve' } as const satisfies Record<string, Permission>;

export const exceptionActs = (actor: Actor): BillingException['acts'] => ({
  dismiss: presentVerdict(refusedToRole(actor, permissionTo.dismiss)),
});

const neededFor: Record<WayOut, Permission> = {
  prices: 'price-rule.write',
  import: 'customer.import',
  customer: 'customer.read',
  connections: 'connection.write',
  periods: 'period.manage',
  links: 'link.write',
  invoice: 'posting.read',
  reconciliation: 'cost.read',
};

/** Where this person can take the next step; whoever may not can still look at the customer. */
export const wayOutFor = (actor: Actor, { code, customer_id, invoice_id }: ExceptionRow): WayOut | null => {
  const { wayOut } = exceptionKind(code);
  // Of an invoice that is not known here, or not any more, there is none to open.
  if (wayOut === 'invoice' && invoice_id !== null) return wayOut;
  if (wayOut !== null && wayOut !== 'customer' && wayOut !== 'invoice' && allows(actor.role, neededFor[wayOut]))
    return wayOut;
  return customer_id === null ? null : 'customer';
};
