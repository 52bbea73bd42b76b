import * as z from 'zod';
import { Ref } from './company.ts';
import { SalesLine } from './sales-lines.ts';

const given = z.unknown().optional();
const Address = z.looseObject({}).optional();
const Email = z.looseObject({ Address: z.string().max(100) }).optional();

/** Fields of QuickBooks' own making. A client that sends back what it read sends them too; they change nothing. */
const readOnly = {
  Id: given,
  SyncToken: given,
  MetaData: given,
  domain: given,
  sparse: given,
  TotalAmt: given,
  HomeTotalAmt: given,
  Balance: given,
  HomeBalance: given,
  RemainingCredit: given,
  LinkedTxn: given,
  DeliveryInfo: given,
  InvoiceLink: given,
  FreeFormAddress: given,
};

const shared = {
  ...readOnly,
  CustomerRef: Ref,
  Line: z.array(SalesLine).min(1).max(750),
  DocNumber: z.string().max(21).nullish(),
  TxnDate: z.iso.date().optional(),
  PrivateNote: z.string().max(4000).optional(),
  CustomerMemo: z.looseObject({ value: z.string().max(1000) }).optional(),
  BillEmail: Email,
  CurrencyRef: Ref.optional(),
  ExchangeRate: z.number().positive().optional(),
  TxnTaxDetail: z.looseObject({ TotalTax: z.number().optional() }).optional(),
  GlobalTaxCalculation: z.enum(['TaxExcluded', 'TaxInclusive', 'NotApplicable']).optional(),
  ApplyTaxAfterDiscount: z.boolean().optional(),
  PrintStatus: z.enum(['NotSet', 'NeedToPrint', 'PrintComplete']).optional(),
  BillAddr: Address,
  ShipAddr: Address,
  ClassRef: Ref.optional(),
  DepartmentRef: Ref.optional(),
  CustomField: z.array(z.looseObject({})).max(3).optional(),
};

export const CreditMemoInput = z.strictObject(shared);

export const InvoiceInput = z.strictObject({
  ...shared,
  DueDate: z.iso.date().optional(),
  SalesTermRef: Ref.optional(),
  EmailStatus: z.enum(['NotSet', 'NeedToSend', 'EmailSent']).optional(),
  BillEmailCc: Email,
  BillEmailBcc: Email,
  AllowOnlinePayment: z.boolean().optional(),
  AllowOnlineCreditCardPayment: z.boolean().optional(),
  AllowOnlineACHPayment: z.boolean().optional(),
  AllowIPNPayment: z.boolean().optional(),
});

export type InvoiceInput = z.infer<typeof InvoiceInput>;
export type CreditMemoInput = z.infer<typeof CreditMemoInput>;
export const readOnlyFields: readonly string[] = Object.keys(readOnly);
