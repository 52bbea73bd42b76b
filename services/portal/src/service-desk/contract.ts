import { lineOfText } from '@legendops/kit/contract/line-of-text';
import { Id, LocalDate, Timestamp } from '@legendops/kit/contract/values';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';

/**
 * A client of SuperOps that a customer is; null where nobody has said so, or SuperOps is not connected. It is gone where it was
 * merged or deleted there.
 */
const Client = z.object({ clientId: z.string(), clientName: z.string(), isGone: z.boolean() }).nullable();

const listed = <Row extends z.ZodType>(row: Row) =>
  z.object({
    client: Client,
    data: z.array(row),
    /** SuperOps has more than are listed here. */
    more: z.boolean(),
    /** Rows of which SuperOps said less than it has to. */
    unreadable: z.number().int(),
    /** When SuperOps was read; null: just now. */
    asOf: Timestamp.nullable(),
  });

/** `fresh` asks SuperOps itself; else a list is as it was read last, where it was. */
export const ListQuery = z.strictObject({ fresh: z.stringbool().default(false) });

/** Names of SuperOps's own; a name that we do not know is shown as it is. */
export const Ticket = z
  .object({
    /** Digits up to twenty, beyond what a JSON number holds. */
    ticketId: z.string(),
    displayId: z.string(),
    subject: z.string(),
    status: z.string().nullable(),
    priority: z.string().nullable(),
    requester: z.string().nullable(),
    technician: z.string().nullable(),
    createdAt: Timestamp.nullable(),
    updatedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Ticket' });

export const Tickets = listed(Ticket)
  .extend({ acts: z.object({ write: Verdict }) })
  .meta({ id: 'Tickets' });

export const TicketMessage = z
  .object({
    id: z.string(),
    /** `other`: of a kind that we do not know. */
    from: z.enum(['opening', 'customer', 'technician', 'notice', 'other']),
    author: z.string().nullable(),
    at: Timestamp.nullable(),
    /** Plain text: nothing of it is HTML any more. */
    text: z.string(),
  })
  .meta({ id: 'TicketMessage' });

export const TicketDetail = Ticket.extend({
  messages: z.array(TicketMessage),
  /** What of the worklist it is for, as it was when it was linked; none of it for who does not see the worklist. */
  exceptions: z.array(z.object({ exceptionId: Id, detail: z.string() })),
}).meta({ id: 'TicketDetail' });

/** What SuperOps has to choose from. */
export const TicketChoices = z
  .object({ statuses: z.array(z.string()), priorities: z.array(z.string()) })
  .meta({ id: 'TicketChoices' });

const name = z.string().min(1).max(100);
const Text = z.string().trim().min(1).max(10_000);

export const NewTicket = z
  .strictObject({
    subject: lineOfText(200),
    text: Text,
    status: name,
    priority: name.optional(),
    /** Of the worklist: the ticket is linked to it. */
    exceptionId: Id.optional(),
  })
  .meta({ id: 'NewTicket' });

export const TicketReply = z.strictObject({ text: Text }).meta({ id: 'TicketReply' });

/** The id that SuperOps has given. */
export const Written = z.object({ id: z.string() }).meta({ id: 'Written' });

export const Device = z
  .object({
    assetId: z.string(),
    name: z.string(),
    platform: z.string().nullable(),
    serialNumber: z.string().nullable(),
    status: z.string().nullable(),
    lastSeenAt: Timestamp.nullable(),
    warrantyUntil: LocalDate.nullable(),
  })
  .meta({ id: 'Device' });

export const Devices = listed(Device).meta({ id: 'Devices' });

export const DeskContact = z
  .object({
    contactId: z.string(),
    name: z.string(),
    email: z.string(),
    phone: z.string().nullable(),
    site: z.string().nullable(),
  })
  .meta({ id: 'DeskContact' });

export const DeskContacts = listed(DeskContact)
  .extend({ acts: z.object({ write: Verdict }) })
  .meta({ id: 'DeskContacts' });

/** SuperOps knows people by their e-mail address: one that it has is refused. */
export const NewDeskContact = z
  .strictObject({
    firstName: lineOfText(100),
    lastName: lineOfText(100),
    email: z.email().max(320).toLowerCase(),
    phone: lineOfText(50).optional(),
  })
  .meta({ id: 'NewDeskContact' });

export type DeskContact = z.infer<typeof DeskContact>;
export type DeskContacts = z.infer<typeof DeskContacts>;
export type NewDeskContact = z.infer<typeof NewDeskContact>;
export type ListQuery = z.infer<typeof ListQuery>;
export type Ticket = z.infer<typeof Ticket>;
export type Tickets = z.infer<typeof Tickets>;
export type TicketMessage = z.infer<typeof TicketMessage>;
export type TicketDetail = z.infer<typeof TicketDetail>;
export type TicketChoices = z.infer<typeof TicketChoices>;
export type NewTicket = z.infer<typeof NewTicket>;
export type TicketReply = z.infer<typeof TicketReply>;
export type Device = z.infer<typeof Device>;
export type Devices = z.infer<typeof Devices>;
