import { LocalDate } from '@legendops/kit/contract/values';
import { z } from 'zod';

/** Names of SuperOps's own; a name that we do not know is shown as it is. */
export const ClientContract = z
  .object({
    /** Digits up to twenty, beyond what a JSON number holds. */
    contractId: z.string(),
    name: z.string(),
    status: z.string(),
    startsOn: LocalDate.nullable(),
    endsOn: LocalDate.nullable(),
    /** What it charges; null where it charges nothing by a count. */
    item: z.object({ itemId: z.string(), name: z.string() }).nullable(),
    /** SuperOps counts by itself: nobody else writes quantities into it. */
    isCountedBySuperOps: z.boolean(),
    /** From which day on it has how many, oldest first; null where that cannot be read. */
    quantities: z.array(z.object({ from: LocalDate, quantity: z.string() })).nullable(),
  })
  .meta({ id: 'ClientContract' });

export const ClientContracts = z
  .object({
    /** Null where nobody has said which client the customer is, or SuperOps is not connected. */
    client: z.object({ clientId: z.string(), clientName: z.string() }).nullable(),
    data: z.array(ClientContract),
    /** Contracts of which SuperOps said less than it has to. */
    unreadable: z.number().int(),
  })
  .meta({ id: 'ClientContracts' });

export type ClientContract = z.infer<typeof ClientContract>;
export type ClientContracts = z.infer<typeof ClientContracts>;
