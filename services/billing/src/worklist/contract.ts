import { LocalDate, Timestamp } from '@legendops/kit/contract/values';
import { z } from 'zod';
import { BillingException, Connection, Invoice, InvoiceStatus, Money, Run } from '../contract.ts';
import { BilledPeriod } from '../period/contract.ts';

/** What there is to do with a status of an invoice: all of them counted, the largest shown. */
export const InvoiceWork = z
  .object({
    status: InvoiceStatus.exclude(['posted', 'settled', 'rejected', 'voided']),
    count: z.number().int(),
    totals: z.array(Money),
    nextStep: z.string(),
    largest: z.array(
      Invoice.pick({
        id: true,
        customerName: true,
        periodStart: true,
        periodEnd: true,
        currency: true,
        totalMinor: true,
      }).extend({
        /** What is known of its newest posting, such as why QuickBooks did not take it. */
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'InvoiceWork' });

/** Exceptions of one cause: all of them counted, those with the most money shown. */
export const ExceptionWork = z
  .object({
    code: z.string(),
    title: z.string(),
    /** False where its things are left out of the invoices. */
    isBilled: z.boolean(),
    count: z.number().int(),
    customers: z.number().int(),
    totals: z.array(Money),
    largest: z.array(BillingException),
  })
  .meta({ id: 'ExceptionWork' });

/** Everything that waits for a person, counted by the server; what has the most money first. */
export const Worklist = z
  .object({
    connections: z.array(Connection),
    invoices: z.array(InvoiceWork),
    exceptions: z.array(ExceptionWork),
    /** Months that are over and not run, though their run has stopped or should long have come. */
    periods: z.array(BilledPeriod),
    /** Runs that stopped and that no later one has made good. */
    stoppedRuns: z.array(Run),
    /** How far the set-up has come: what of each is there, and when each job last went through. */
    setUp: z.object({
      customers: z.number().int(),
      priceRules: z.number().int(),
      usageSyncedAt: Timestamp.nullable(),
      invoicedAt: Timestamp.nullable(),
      invoicedPeriod: LocalDate.nullable(),
    }),
  })
  .meta({ id: 'Worklist' });

export type InvoiceWork = z.infer<typeof InvoiceWork>;
export type ExceptionWork = z.infer<typeof ExceptionWork>;
export type Worklist = z.infer<typeof Worklist>;
