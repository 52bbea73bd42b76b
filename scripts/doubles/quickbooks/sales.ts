import { paymentsOf, settled } from './applied.ts';
import type { QuickBooksLine, QuickBooksObject } from './company.ts';
import type { CompanyScope } from './company-scope.ts';
import { inserted, removed, touched } from './company-scope.ts';
import { parsed } from './parse-object.ts';
import { applyOpenCredits, refuseDeposited } from './payments.ts';
import { QuickBooksFault } from './quickbooks-fault.ts';
import { refuseClosedPeriod, saleFields } from './sale.ts';
import { CreditMemoInput, InvoiceInput } from './sales-header.ts';

type SaleName = 'Invoice' | 'CreditMemo';
type Body = Record<string, unknown>;

const inputOf = (entity: SaleName, body: Body) =>
  entity === 'Invoice' ? parsed(InvoiceInput, body) : parsed(CreditMemoInput, body);

/** Create, update, void and delete of invoices and credit memos, which share their lines and totals. */
export const salesOf = (entity: SaleName) => ({
  create: (scope: CompanyScope, body: Body, allowDuplicate: boolean) => {
    const sale = inserted(scope, entity, saleFields(scope, { entity, input: inputOf(entity, body), allowDuplicate }));
    settled(scope, entity, sale);
    if (entity === 'Invoice') applyOpenCredits(scope, sale);
    return sale;
  },

  /** A sparse update changes what it names; a full one also clears what it leaves out. */
  update: (scope: CompanyScope, existing: QuickBooksObject, body: Body, allowDuplicate: boolean) => {
    refuseClosedPeriod(scope, existing.TxnDate);
    const input = inputOf(entity, body.sparse === true ? { ...existing, ...body } : body);
    const fields = saleFields(scope, { entity, input, existing, allowDuplicate });
    for (const field of Object.keys(existing)) {
      if (!kept.has(field)) delete existing[field];
    }
    Object.assign(existing, fields);
    return touched(scope, settled(scope, entity, existing));
  },

  /** Of invoices alone: a program can void no credit memo. */
  ...(entity === 'Invoice' && {
    void: (scope: CompanyScope, existing: QuickBooksObject) => voided(scope, entity, existing),
  }),

  delete: (scope: CompanyScope, existing: QuickBooksObject) => {
    refuseClosedPeriod(scope, existing.TxnDate);
    for (const payment of paymentsOf(scope, { TxnId: existing.Id, TxnType: entity })) refuseDeposited(scope, payment);
    return removed(scope, entity, existing);
  },
});

/** Stays, as a sale of nothing. Later readers see zeros and the note, never `Deleted`. */
export function voided(scope: CompanyScope, entity: SaleName, existing: QuickBooksObject): QuickBooksObject {
  refuseClosedPeriod(scope, existing.TxnDate);
  if (paymentsOf(scope, { TxnId: existing.Id, TxnType: entity }).length > 0) {
    throw new QuickBooksFault('6000', `${entity} ${existing.Id} has payments: remove them before it is voided`);
  }
  existing.Line = (existing.Line ?? []).map((line) => ({ ...line, Amount: 0, ...zeroDetail(line) }));
  const note = existing.PrivateNote === undefined ? '' : ` ${existing.PrivateNote}`;
  Object.assign(existing, { TotalAmt: 0, PrivateNote: `Voided${note}`, TxnTaxDetail: { TotalTax: 0 } });
  return touched(scope, settled(scope, entity, existing));
}

const kept = new Set(['Id', 'SyncToken', 'MetaData', 'domain', 'sparse']);

function zeroDetail({ SalesItemLineDetail: detail }: QuickBooksLine): QuickBooksLine {
  return detail ? { SalesItemLineDetail: { ...detail, Qty: 0, UnitPrice: 0 } } : {};
}
