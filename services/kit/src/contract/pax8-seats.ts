import { z } from 'zod';
import { ForeignId, Id, LocalDate, Timestamp } from './values.ts';

/** From a day on so many, as decimal digits: not every product is counted in whole ones. */
export const SeatStep = z.object({ from: LocalDate, seats: z.string().regex(/^\d{1,13}(\.\d{1,6})?$/) });

/** What a customer has of a product at Pax8 in a month, all subscriptions together, by the day. */
export const SeatCount = z.object({
  customerId: Id,
  customerName: z.string(),
  productId: ForeignId,
  productName: z.string(),
  /** The first is of the month's first day; those after it are changes. */
  steps: z.array(SeatStep).min(1),
  /** False where Pax8 says something of a subscription by which nobody can count it. */
  isCertain: z.boolean(),
});

/** The seats of a tenant in a month until today, as the nightly reading knows them. */
export const Pax8Seats = z.object({
  /** When Pax8 was read last; null where it never was. */
  readAt: Timestamp.nullable(),
  /** The first day that is not counted: the one after the month, or after today. */
  until: LocalDate,
  data: z.array(SeatCount),
  /** Subscriptions of Pax8 that cannot be read now: counts may be those of a day before. */
  unreadable: z.number().int(),
});

export type SeatStep = z.infer<typeof SeatStep>;
export type SeatCount = z.infer<typeof SeatCount>;
export type Pax8Seats = z.infer<typeof Pax8Seats>;
