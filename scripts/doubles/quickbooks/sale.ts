import { sum } from '../decimal.ts';
import type { EntityName, QuickBooksObject } from './company.ts';
import type { CompanyScope } from './company-scope.ts';
import { referred } from './company-scope.ts';
import { documentNumber } from './document-number.ts';
import { missing, QuickBooksFault } from './quickbooks-fault.ts';
import { readOnlyFields } from './sales-header.ts';
import type { CreditMemoInput, InvoiceInput } from './sales-header.ts';
import { countedLines } from './sales-lines.ts';
import { salesTax } from './sales-tax.ts';

type Sale = {
  entity: Extract<EntityName, 'Invoice' | 'CreditMemo'>;
  input: InvoiceInput | CreditMemoInput;
  existing?: QuickBooksObject | undefined;
  allowDuplicate: boolean;
};

/** The fields of an invoice or a credit memo as QuickBooks keeps them: totals are its own, ours do not count. */
export function saleFields(
  scope: CompanyScope,
  { entity, input, existing, allowDuplicate }: Sale,
): Record<string, unknown> {
  const customer = referred(scope, 'Customer', input.CustomerRef, 'CustomerRef');
  const TxnDate = input.TxnDate ?? scope.now.toISOString().slice(0, 10);
  refuseClosedPeriod(scope, TxnDate);
  if ('EmailStatus' in input && input.EmailStatus === 'NeedToSend' && !input.BillEmail) throw missing('BillEmail');
  const counted = countedLines(scope, input.Line);
  const tax = salesTax(scope, {
    counted,
    ownTax: ownTaxOf(scope, input, existing),
    afterDiscount: input.ApplyTaxAfterDiscount ?? false,
  });
  const inclusive = scope.company.country !== 'US' && input.GlobalTaxCalculation === 'TaxInclusive';
  const total = sum([counted.subTotal, -counted.discount, inclusive ? 0 : tax], 2);
  if (total < 0 && scope.quirks.negativeTotal === 'refuse') {
    throw new QuickBooksFault('6000', 'Transaction amount must be 0 or greater');
  }
  const DocNumber = documentNumber(scope, { entity, given: input.DocNumber, ownId: existing?.Id, allowDuplicate });
  return {
    ...writable(input),
    CustomerRef: { value: customer.Id, name: customer.DisplayName },
    CurrencyRef: { value: currencyOf(scope, input, existing) },
    TxnDate,
    ...(DocNumber === null ? {} : { DocNumber }),
    ...(entity === 'Invoice' ? dueDate(scope, input, TxnDate) : {}),
    Line: counted.lines,
    TxnTaxDetail: { ...input.TxnTaxDetail, TotalTax: tax },
    TotalAmt: total,
  };
}

export function refuseClosedPeriod({ company }: CompanyScope, date: unknown): void {
  const closed = company.preferences.AccountingInfoPrefs.BookCloseDate;
  if (closed === undefined || String(date) > closed) return;
  const detail = `The account period has closed on ${closed}, and the account books cannot be updated through this date`;
  throw new QuickBooksFault('6210', detail, { element: 'TxnDate' });
}

/** Where QuickBooks counts the tax, what a client sends back unchanged after reading is QuickBooks' and not its own. */
function ownTaxOf(
  { company }: CompanyScope,
  input: InvoiceInput | CreditMemoInput,
  existing: QuickBooksObject | undefined,
) {
  const own = input.TxnTaxDetail?.TotalTax;
  if (company.country === 'US' && !company.preferences.TaxPrefs.PartnerTaxEnabled) return own;
  return own === existing?.TxnTaxDetail?.TotalTax ? undefined : own;
}

function currencyOf(
  scope: CompanyScope,
  input: InvoiceInput | CreditMemoInput,
  existing: QuickBooksObject | undefined,
) {
  const { company } = scope;
  const given = input.CurrencyRef?.value;
  if (!company.preferences.CurrencyPrefs.MultiCurrencyEnabled) {
    if (given === undefined || (existing && given === company.currency)) return company.currency;
    throw new QuickBooksFault('6000', 'CurrencyRef cannot be given: multicurrency is off', { element: 'CurrencyRef' });
  }
  if (given === undefined) throw missing('CurrencyRef');
  const customer = company.objects.Customer.find(({ Id }) => Id === input.CustomerRef.value);
  const wanted = customer?.CurrencyRef?.value ?? company.currency;
  if (given !== wanted) {
    throw new QuickBooksFault('6000', `The customer is billed in ${wanted}, not in ${given}`, {
      element: 'CurrencyRef',
    });
  }
  return given;
}

function dueDate(scope: CompanyScope, input: InvoiceInput, TxnDate: string): Record<string, unknown> {
  const { DueDate, SalesTermRef } = input;
  const days = SalesTermRef ? Number(referred(scope, 'Term', SalesTermRef, 'SalesTermRef').DueDays ?? 0) : 0;
  const due = new Date(Date.parse(TxnDate) + days * 86_400_000).toISOString().slice(0, 10);
  if (DueDate !== undefined && DueDate < TxnDate)
    throw new QuickBooksFault('6000', 'The due date is before the date of the transaction', { element: 'DueDate' });
  return { DueDate: DueDate ?? due, EmailStatus: input.EmailStatus ?? 'NotSet' };
}

const writable = (input: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(input).filter(([field, value]) => !readOnlyFields.includes(field) && value !== null),
  );
