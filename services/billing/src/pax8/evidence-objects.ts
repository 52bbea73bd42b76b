import { z } from 'zod';
import { CalendarDate, CurrencyCode, NumberText, textOf } from './objects.ts';

/** What Pax8 says beside subscriptions and usage. Nothing is billed by it: it is what bills are compared with. */

const Text = textOf(2_000);

export const Invoice = z.object({
  id: z.guid(),
  invoiceDate: CalendarDate,
  dueDate: CalendarDate.nullish(),
  /** In the examples and as a filter, but not in the vendor's schema. */
  status: Text.nullish(),
  total: NumberText,
  balance: NumberText.nullish(),
  carriedBalance: NumberText.nullish(),
  currencyCode: CurrencyCode.nullish(),
});

/** What an invoice bills of one subscription, product or charge. No example carries an id. */
export const InvoiceItem = z.object({
  type: Text.nullish(),
  companyId: z.guid().nullish(),
  companyName: Text.nullish(),
  startPeriod: CalendarDate.nullish(),
  endPeriod: CalendarDate.nullish(),
  quantity: NumberText,
  term: Text.nullish(),
  /** What Pax8 suggests that the customer pays for one. */
  price: NumberText.nullish(),
  /** What we pay for all of it; where it is missing, what is due says it. */
  costTotal: NumberText.nullish(),
  amountDue: NumberText.nullish(),
  productId: z.guid().nullish(),
  productName: Text.nullish(),
  description: Text.nullish(),
  subscriptionId: z.guid().nullish(),
  currencyCode: CurrencyCode.nullish(),
});

export const Order = z.object({
  id: z.guid(),
  companyId: z.guid(),
  createdDate: CalendarDate,
  orderedBy: Text.nullish(),
  orderedByUserEmail: Text.nullish(),
  isScheduled: z.boolean().nullish(),
  lineItems: z
    .array(
      z.object({
        id: Text.nullish(),
        productId: z.guid(),
        subscriptionId: z.guid().nullish(),
        commitmentTermId: z.guid().nullish(),
        provisionStartDate: Text.nullish(),
        billingTerm: Text.nullish(),
        quantity: NumberText,
      }),
    )
    .default([]),
});

export const Contact = z.object({
  id: z.guid(),
  firstName: Text.nullish(),
  lastName: Text.nullish(),
  email: Text.nullish(),
  phone: Text.nullish(),
  createdDate: CalendarDate.nullish(),
  types: z.array(z.object({ type: Text, primary: z.boolean().nullish() })).default([]),
});

/** A price has neither an id nor a date: it is what holds when it is read. */
export const Price = z.object({
  billingTerm: Text,
  commitmentTerm: Text.nullish(),
  commitmentTermInMonths: NumberText.nullish(),
  type: Text,
  unitOfMeasurement: Text.nullish(),
  rates: z.array(
    z.object({
      partnerBuyRate: NumberText,
      suggestedRetailPrice: NumberText.nullish(),
      startQuantityRange: NumberText.nullish(),
      endQuantityRange: NumberText.nullish(),
      chargeType: Text.nullish(),
    }),
  ),
});

/** A subscription as it was; the whole of it comes with every change. */
export const Snapshot = z.object({
  quantity: NumberText,
  status: Text,
  billingTerm: Text,
  startDate: CalendarDate.nullish(),
  endDate: CalendarDate.nullish(),
  createdDate: Text.nullish(),
  updatedDate: Text.nullish(),
  price: NumberText.nullish(),
  partnerCost: NumberText.nullish(),
  currencyCode: Text.nullish(),
});

export type Invoice = z.infer<typeof Invoice>;
export type InvoiceItem = z.infer<typeof InvoiceItem>;
export type Order = z.infer<typeof Order>;
export type Contact = z.infer<typeof Contact>;
export type Price = z.infer<typeof Price>;
export type Snapshot = z.infer<typeof Snapshot>;
