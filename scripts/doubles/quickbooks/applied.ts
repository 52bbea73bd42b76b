import { sum } from '../decimal.ts';
import type { LinkedTxn, QuickBooksLine, QuickBooksObject } from './company.ts';
import type { CompanyScope } from './company-scope.ts';

const meets = (line: QuickBooksLine, { TxnId, TxnType }: LinkedTxn) =>
  (line.LinkedTxn ?? []).some((linked) => linked.TxnId === TxnId && linked.TxnType === TxnType);

export const paymentsOf = ({ company }: CompanyScope, txn: LinkedTxn): QuickBooksObject[] =>
  company.objects.Payment.filter((payment) => (payment.Line ?? []).some((line) => meets(line, txn)));

/** What is still open on an invoice or a credit memo, from the payments that link it. */
export function settled(
  scope: CompanyScope,
  entity: 'Invoice' | 'CreditMemo',
  sale: QuickBooksObject,
): QuickBooksObject {
  const txn = { TxnId: sale.Id, TxnType: entity };
  const payments = paymentsOf(scope, txn);
  const applied = payments.flatMap((payment) => (payment.Line ?? []).filter((line) => meets(line, txn)));
  const open = Math.max(0, sum([Number(sale.TotalAmt), ...applied.map(({ Amount = 0 }) => -Amount)], 2));
  sale.Balance = open;
  if (entity === 'CreditMemo') sale.RemainingCredit = open;
  sale.LinkedTxn = payments.map(({ Id }) => ({ TxnId: Id, TxnType: 'Payment' }));
  return sale;
}
