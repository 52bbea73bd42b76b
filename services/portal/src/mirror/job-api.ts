import { z } from 'zod';
import { mirroredKinds } from '../superops/mirrored.ts';
import { SuperOpsId } from '../superops/objects.ts';
import { SuperOpsRegion } from '../superops/contract.ts';

/** What the job and this service say to each other. The token is no part of it: this service asks, and hands on what came. */

/** Whose what is: all that is read of another account is of no use. */
export const Account = z.object({ region: SuperOpsRegion, subdomain: z.string() });
export type Account = z.infer<typeof Account>;

/** Null where no SuperOps is connected, which is nobody's mistake. */
export const ConnectedAccount = z.object({ account: Account.nullable() });

export const PageRequest = z.strictObject({
  kind: z.enum(mirroredKinds),
  page: z.number().int().min(1).max(10_000),
  /** A time as SuperOps writes it. */
  changedAfter: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/)
    .optional(),
});
export type PageRequest = z.infer<typeof PageRequest>;

/** Rows as they came, but that a number is its digits. */
export const Page = z.object({ account: Account, rows: z.array(z.unknown()), hasMore: z.boolean() });
export type Page = z.infer<typeof Page>;

/** So many that an answer comes within the time of a request. */
export const mostTickets = 10;

export const MessagesRequest = z.strictObject({ ticketIds: z.array(SuperOpsId).min(1).max(mostTickets) });

export const Messages = z.object({
  account: Account,
  /** Null where the ticket is there no more. */
  data: z.array(z.object({ ticketId: SuperOpsId, messages: z.array(z.unknown()).nullable() })),
});
export type Messages = z.infer<typeof Messages>;
