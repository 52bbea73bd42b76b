import { PageQuery } from '@legendops/kit/contract/page';
import { Id, LocalDate } from '@legendops/kit/contract/values';
import { z } from 'zod';
import { PaymentState } from '../book-entry/contract.ts';
import { InvoiceStatus } from '../contract.ts';

/** What narrows a list of invoices. */
export const InvoiceFilter = z.strictObject({
  customerId: Id.optional(),
  status: InvoiceStatus.optional(),
  /** Not for a customer's people, whom the books are not told. */
  paymentState: PaymentState.optional(),
  /** Months, by their first days, from one to another; both are in it. */
  from: LocalDate.optional(),
  to: LocalDate.optional(),
});
export const InvoiceQuery = PageQuery.extend(InvoiceFilter.shape);

export type InvoiceFilter = z.infer<typeof InvoiceFilter>;
