import * as z from 'zod';
import { roundTo, sum } from '../decimal.ts';
import { settled } from './applied.ts';
import { Ref } from './company.ts';
import type { LinkedTxn, QuickBooksLine, QuickBooksObject } from './company.ts';
import type { CompanyScope } from './company-scope.ts';
import { inserted, referred, removed, touched, visible } from './company-scope.ts';
import { parsed } from './parse-object.ts';
import { QuickBooksFault } from './quickbooks-fault.ts';
import { refuseClosedPeriod } from './sale.ts';

const PaymentInput = z.strictObject({
  CustomerRef: Ref,
  TotalAmt: z.number().nonnegative(),
  TxnDate: z.iso.date().optional(),
  PrivateNote: z.string().max(4000).optional(),
  PaymentRefNum: z.string().max(21).optional(),
  CurrencyRef: Ref.optional(),
  PaymentMethodRef: Ref.optional(),
  DepositToAccountRef: Ref.optional(),
  Line: z
    .array(
      z.strictObject({
        Amount: z.number().positive(),
        LinkedTxn: z
          .array(z.looseObject({ TxnId: z.string(), TxnType: z.enum(['Invoice', 'CreditMemo']) }))
          .min(1)
          .max(1),
      }),
    )
    .default([]),
});

/** Takes money in and puts it on invoices; a credit memo among the lines gives instead of takes. */
export function createPayment(scope: CompanyScope, body: Record<string, unknown>): QuickBooksObject {
  const input = parsed(PaymentInput, body);
  const customer = referred(scope, 'Customer', input.CustomerRef, 'CustomerRef');
  const TxnDate = input.TxnDate ?? scope.now.toISOString().slice(0, 10);
  refuseClosedPeriod(scope, TxnDate);
  const sales = input.Line.map((line) => linkedSale(scope, line, customer.Id));
  const signed = input.Line.map((line, index) => (sales[index]?.entity === 'CreditMemo' ? line.Amount : -line.Amount));
  const UnappliedAmt = sum([input.TotalAmt, ...signed], 2);
  if (UnappliedAmt < 0) throw new QuickBooksFault('6000', 'The amount applied exceeds the payment and its credits');
  const payment = inserted(scope, 'Payment', {
    ...input,
    CustomerRef: { value: customer.Id, name: customer.DisplayName },
    TxnDate,
    TotalAmt: roundTo(input.TotalAmt, 2),
    UnappliedAmt,
  });
  for (const { entity, sale } of sales) touched(scope, settled(scope, entity, sale));
  return payment;
}

function linkedSale(scope: CompanyScope, line: { Amount: number; LinkedTxn: LinkedTxn[] }, customerId: string) {
  const [linked] = line.LinkedTxn;
  const entity = linked?.TxnType === 'CreditMemo' ? 'CreditMemo' : 'Invoice';
  const sale = visible(scope, entity).find(({ Id }) => Id === linked?.TxnId);
  const owner = sale?.CustomerRef?.value;
  if (!sale || owner !== customerId) {
    throw new QuickBooksFault('620', `${entity} ${linked?.TxnId} is not one of customer ${customerId}`, {
      element: 'Line',
    });
  }
  if (line.Amount > Number(sale.Balance) && scope.quirks.overpayment === 'refuse') {
    throw new QuickBooksFault(
      '6210',
      `${entity} ${sale.Id} has ${Number(sale.Balance)} open, ${line.Amount} was applied`,
    );
  }
  return { entity, sale } as const;
}

export function deletePayment(scope: CompanyScope, payment: QuickBooksObject): Record<string, unknown> {
  refuseDeposited(scope, payment);
  const reply = removed(scope, 'Payment', payment);
  release(scope, payment.Line ?? []);
  return reply;
}

export function voidPayment(scope: CompanyScope, payment: QuickBooksObject): QuickBooksObject {
  refuseDeposited(scope, payment);
  const lines = payment.Line ?? [];
  Object.assign(payment, { TotalAmt: 0, UnappliedAmt: 0, Line: [], PrivateNote: 'Voided' });
  release(scope, lines);
  return touched(scope, payment);
}

export function refuseDeposited({ company }: CompanyScope, payment: QuickBooksObject): void {
  if (!company.depositedPayments.includes(payment.Id)) return;
  throw new QuickBooksFault('6540', `Payment ${payment.Id} is on a bank deposit: take it off the deposit first`);
}

function release(scope: CompanyScope, lines: QuickBooksLine[]): void {
  for (const { TxnId, TxnType } of lines.flatMap(({ LinkedTxn = [] }) => LinkedTxn)) {
    const entity = TxnType === 'CreditMemo' ? 'CreditMemo' : 'Invoice';
    const sale = scope.company.objects[entity].find(({ Id }) => Id === TxnId);
    if (sale) touched(scope, settled(scope, entity, sale));
  }
}

/** With AutoApplyCredit a new invoice eats the open credits of its customer at once, oldest first. */
export function applyOpenCredits(scope: CompanyScope, invoice: QuickBooksObject): void {
  if (!scope.company.preferences.SalesFormsPrefs.AutoApplyCredit) return;
  for (const credit of scope.company.objects.CreditMemo) {
    const Amount = Math.min(Number(credit.RemainingCredit), Number(invoice.Balance));
    if (credit.CustomerRef?.value !== invoice.CustomerRef?.value || Amount <= 0) continue;
    const line = (TxnType: string, TxnId: string) => ({ Amount, LinkedTxn: [{ TxnId, TxnType }] });
    inserted(scope, 'Payment', {
      CustomerRef: invoice.CustomerRef,
      TxnDate: invoice.TxnDate,
      TotalAmt: 0,
      UnappliedAmt: 0,
      PrivateNote: 'Created by QuickBooks Online to link credits to charges.',
      Line: [line('Invoice', invoice.Id), line('CreditMemo', credit.Id)],
    });
    settled(scope, 'Invoice', invoice);
    touched(scope, settled(scope, 'CreditMemo', credit));
  }
}
