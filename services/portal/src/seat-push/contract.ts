import { Id, LocalDate, Timestamp } from '@legendops/kit/contract/values';
import { lineOfText } from '@legendops/kit/contract/line-of-text';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';

/** `approved`: something waits to be sent. `done`: nothing does any more. */
export const SeatPushState = z.enum(['draft', 'approved', 'done', 'rejected']).meta({ id: 'SeatPushState' });

/**
 * `waiting`: to be sent. `there`: SuperOps had it already when it was to be sent. `refused`: it could not be sent as it was approved.
 * `held`: it is no change of a contract, and a person has to do something first.
 */
export const SeatPushLineState = z
  .enum(['waiting', 'sent', 'there', 'refused', 'held'])
  .meta({ id: 'SeatPushLineState' });

const Count = z.number().int();

/** The seats of a month at Pax8, set against contracts in SuperOps. */
export const SeatPush = z
  .object({
    id: Id,
    /** The first day of the month. */
    period: LocalDate,
    state: SeatPushState,
    preparedAt: Timestamp,
    preparedBy: z.string(),
    decidedAt: Timestamp.nullable(),
    decidedBy: z.string().nullable(),
    /** Why it was rejected. */
    reason: z.string().nullable(),
    /** A month of which something was sent after this was compared: it has to be compared again. */
    sentSince: LocalDate.nullable(),
    lines: z.object({ waiting: Count, sent: Count, there: Count, refused: Count, held: Count }),
  })
  .meta({ id: 'SeatPush' });

export const SeatPushes = z
  .object({ data: z.array(SeatPush), acts: z.object({ prepare: Verdict }) })
  .meta({ id: 'SeatPushes' });

export const SeatPushLine = z
  .object({
    id: Id,
    customerId: Id,
    customerName: z.string(),
    /** The products at Pax8 whose seats it counts. */
    products: z.string(),
    contractName: z.string().nullable(),
    itemName: z.string().nullable(),
    /** From this day on. */
    effectiveOn: LocalDate,
    /** Of a later month, which has what Pax8 has there: without it the change before would hold on. */
    isOfLaterMonth: z.boolean(),
    /** What the contract has on that day; null where there is no contract. */
    before: z.string().nullable(),
    quantity: z.string(),
    state: SeatPushLineState,
    /** Why it is refused or held, and what to do. */
    reason: z.string().nullable(),
    nextStep: z.string().nullable(),
  })
  .meta({ id: 'SeatPushLine' });

export const SeatPushDetail = SeatPush.extend({
  /** Of the lines that are to be sent; sent back with the approval. */
  contentHash: z.string(),
  seatsReadAt: Timestamp,
  /** Subscriptions at Pax8, and contracts in SuperOps, that could not be read. */
  unreadableSeats: Count,
  unreadableContracts: Count,
  /** Counts that a contract had already. */
  matching: Count,
  /** Customers with seats that are no clients in SuperOps. */
  notClients: Count,
  data: z.array(SeatPushLine),
  acts: z.object({ prepare: Verdict, approve: Verdict, reject: Verdict, send: Verdict }),
}).meta({ id: 'SeatPushDetail' });

export const NewSeatPush = z
  .strictObject({ period: LocalDate.refine((day) => day.endsWith('-01'), 'The first day of a month') })
  .meta({ id: 'NewSeatPush' });

export const SeatPushApproval = z.strictObject({ contentHash: z.string().max(100) }).meta({ id: 'SeatPushApproval' });

export const SeatPushRejection = z.strictObject({ reason: lineOfText(500) }).meta({ id: 'SeatPushRejection' });

export type SeatPushState = z.infer<typeof SeatPushState>;
export type SeatPushLineState = z.infer<typeof SeatPushLineState>;
export type SeatPush = z.infer<typeof SeatPush>;
export type SeatPushes = z.infer<typeof SeatPushes>;
export type SeatPushLine = z.infer<typeof SeatPushLine>;
export type SeatPushDetail = z.infer<typeof SeatPushDetail>;
export type NewSeatPush = z.infer<typeof NewSeatPush>;
export type SeatPushApproval = z.infer<typeof SeatPushApproval>;
export type SeatPushRejection = z.infer<typeof SeatPushRejection>;
