import * as z from 'zod';
import type { CompanyScope } from './company-scope.ts';
import { found } from './company-scope.ts';
import { nextNumber } from './document-number.ts';
import { write } from './operations.ts';
import { voided } from './sales.ts';

const Id = z.string();
/** Of the two that `invoiceId` may name. */
const kind = z.enum(['Invoice', 'CreditMemo']).default('Invoice');

/** What a person does in QuickBooks while nobody asked our product. */
export const ByHand = z.discriminatedUnion('action', [
  /** The form proposes the number after the newest one, and the person takes it. */
  z.strictObject({ action: z.literal('invoice'), customerId: Id, itemId: Id, amount: z.number() }),
  z.strictObject({ action: z.literal('edit'), kind, invoiceId: Id, change: z.record(z.string(), z.unknown()) }),
  z.strictObject({ action: z.enum(['void', 'delete']), kind, invoiceId: Id }),
  /** With its note, and the number that the form proposes. */
  z.strictObject({ action: z.literal('copy'), kind, invoiceId: Id }),
  z.strictObject({ action: z.literal('move'), kind, invoiceId: Id, customerId: Id }),
  z.strictObject({ action: z.literal('pay'), invoiceId: Id, amount: z.number().positive() }),
  z.strictObject({ action: z.literal('deposit'), paymentId: Id }),
  z.strictObject({ action: z.literal('close-books'), through: z.iso.date() }),
  z.strictObject({ action: z.literal('rename-customer'), customerId: Id, name: z.string() }),
  /** The first one's documents become the second one's, and its name ends in “(deleted)”. */
  z.strictObject({ action: z.literal('merge-customer'), customerId: Id, into: Id }),
  z.strictObject({ action: z.literal('deactivate'), entity: z.enum(['Customer', 'Item']), id: Id }),
]);
export type ByHand = z.input<typeof ByHand>;

export function actByHand(scope: CompanyScope, act: z.output<typeof ByHand>): object {
  const sale = (
    entity: 'Invoice' | 'CreditMemo',
    body: Record<string, unknown>,
    operation: 'create' | 'update' | 'void' | 'delete',
  ) => write(scope, { entity, operation, body, allowDuplicate: false });
  switch (act.action) {
    case 'invoice': {
      const detail = { ItemRef: { value: act.itemId }, TaxCodeRef: { value: 'NON' } };
      const line = { Amount: act.amount, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: detail };
      const body = { CustomerRef: { value: act.customerId }, DocNumber: nextNumber(scope, 'Invoice'), Line: [line] };
      return sale('Invoice', body, 'create');
    }
    case 'edit':
      return sale(act.kind, { ...act.change, ...versionOf(scope, act), sparse: true }, 'update');
    case 'void': {
      // A program can void no credit memo; a person can.
      const held = found(scope, act.kind, act.invoiceId);
      return act.kind === 'Invoice' ? sale(act.kind, versionOf(scope, act), 'void') : voided(scope, act.kind, held);
    }
    case 'delete':
      return sale(act.kind, versionOf(scope, act), act.action);
    case 'copy': {
      const {
        Id: _id,
        SyncToken: _token,
        MetaData: _times,
        CurrencyRef,
        ...fields
      } = found(scope, act.kind, act.invoiceId);
      const currency = scope.company.preferences.CurrencyPrefs.MultiCurrencyEnabled ? { CurrencyRef } : {};
      return sale(
        act.kind,
        { ...structuredClone(fields), ...currency, DocNumber: nextNumber(scope, act.kind) },
        'create',
      );
    }
    case 'move': {
      const change = { CustomerRef: { value: act.customerId } };
      return sale(act.kind, { ...change, ...versionOf(scope, act), sparse: true }, 'update');
    }
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

function versionOf(
  scope: CompanyScope,
  { kind: entity, invoiceId }: { kind: 'Invoice' | 'CreditMemo'; invoiceId: string },
) {
  const { Id, SyncToken } = found(scope, entity, invoiceId);
  return { Id, SyncToken };
}

function changed(scope: CompanyScope, entity: 'Customer' | 'Item', id: string, change: Record<string, unknown>) {
  const { SyncToken } = found(scope, entity, id);
  const body = { ...change, Id: id, SyncToken, sparse: true };
  return write(scope, { entity, operation: 'update', body, allowDuplicate: false });
}
