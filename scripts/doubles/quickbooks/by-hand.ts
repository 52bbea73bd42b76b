import * as z from 'zod';
import type { CompanyScope } from './company-scope.ts';
import { found } from './company-scope.ts';
import { nextNumber } from './document-number.ts';
import { write } from './operations.ts';

const Id = z.string();

/** What a person does in QuickBooks while nobody asked our product. */
export const ByHand = z.discriminatedUnion('action', [
  /** The form proposes the number after the newest one, and the person takes it. */
  z.strictObject({ action: z.literal('invoice'), customerId: Id, itemId: Id, amount: z.number() }),
  z.strictObject({ action: z.literal('edit'), invoiceId: Id, change: z.record(z.string(), z.unknown()) }),
  z.strictObject({ action: z.enum(['void', 'delete']), invoiceId: Id }),
  z.strictObject({ action: z.literal('pay'), invoiceId: Id, amount: z.number().positive() }),
  z.strictObject({ action: z.literal('deposit'), paymentId: Id }),
  z.strictObject({ action: z.literal('close-books'), through: z.iso.date() }),
  z.strictObject({ action: z.literal('rename-customer'), customerId: Id, name: z.string() }),
  /** The first one's documents become the second one's, and its name ends in “(deleted)”. */
  z.strictObject({ action: z.literal('merge-customer'), customerId: Id, into: Id }),
  z.strictObject({ action: z.literal('deactivate'), entity: z.enum(['Customer', 'Item']), id: Id }),
]);
export type ByHand = z.infer<typeof ByHand>;

export function actByHand(scope: CompanyScope, act: ByHand): object {
  const invoice = (body: Record<string, unknown>, operation: 'create' | 'update' | 'void' | 'delete') =>
    write(scope, { entity: 'Invoice', operation, body, allowDuplicate: false });
  switch (act.action) {
    case 'invoice': {
      const detail = { ItemRef: { value: act.itemId }, TaxCodeRef: { value: 'NON' } };
      const line = { Amount: act.amount, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: detail };
      const body = { CustomerRef: { value: act.customerId }, DocNumber: nextNumber(scope, 'Invoice'), Line: [line] };
      return invoice(body, 'create');
    }
    case 'edit':
      return invoice({ ...act.change, ...versionOf(scope, act.invoiceId), sparse: true }, 'update');
    case 'void':
    case 'delete':
      return invoice(versionOf(scope, act.invoiceId), act.action);
    case 'pay': {
      const { CustomerRef } = found(scope, 'Invoice', act.invoiceId);
      const Line = [{ Amount: act.amount, LinkedTxn: [{ TxnId: act.invoiceId, TxnType: 'Invoice' }] }];
      const body = { CustomerRef, TotalAmt: act.amount, Line };
      return write(scope, { entity: 'Payment', operation: 'create', body, allowDuplicate: false });
    }
    case 'deposit': {
      const payment = found(scope, 'Payment', act.paymentId);
      scope.company.depositedPayments.push(payment.Id);
      return payment;
    }
    case 'close-books':
      scope.company.preferences.AccountingInfoPrefs.BookCloseDate = act.through;
      return scope.company.preferences;
    case 'rename-customer':
      return changed(scope, 'Customer', act.customerId, { DisplayName: act.name });
    case 'merge-customer': {
      const { DisplayName } = found(scope, 'Customer', act.into);
      for (const sale of [...scope.company.objects.Invoice, ...scope.company.objects.CreditMemo])
        if (sale.CustomerRef?.value === act.customerId) sale.CustomerRef = { value: act.into, name: DisplayName };
      const { DisplayName: name } = found(scope, 'Customer', act.customerId);
      return changed(scope, 'Customer', act.customerId, { DisplayName: `${name} (deleted)`, Active: false });
    }
    case 'deactivate':
      return changed(scope, act.entity, act.id, { Active: false });
    default:
      return act satisfies never;
  }
}

function versionOf(scope: CompanyScope, invoiceId: string) {
  const { Id, SyncToken } = found(scope, 'Invoice', invoiceId);
  return { Id, SyncToken };
}

function changed(scope: CompanyScope, entity: 'Customer' | 'Item', id: string, change: Record<string, unknown>) {
  const { SyncToken } = found(scope, entity, id);
  const body = { ...change, Id: id, SyncToken, sparse: true };
  return write(scope, { entity, operation: 'update', body, allowDuplicate: false });
}
