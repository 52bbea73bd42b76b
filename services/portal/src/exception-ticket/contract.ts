import { Id, Version } from '@legendops/kit/contract/values';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';

/** The ticket in SuperOps that an exception of the worklist has. */
export const ExceptionTicket = z
  .object({
    exceptionId: Id,
    customerId: Id,
    ticketId: z.string(),
    /** Both as they were when it was linked. */
    subject: z.string(),
    detail: z.string(),
    version: Version,
  })
  .meta({ id: 'ExceptionTicket' });

export const ExceptionTickets = z
  .object({ data: z.array(ExceptionTicket), acts: z.object({ link: Verdict }) })
  .meta({ id: 'ExceptionTickets' });

export const NewExceptionTicket = z
  .strictObject({ ticketId: z.string().regex(/^\d{1,20}$/) })
  .meta({ id: 'NewExceptionTicket' });

export type ExceptionTicket = z.infer<typeof ExceptionTicket>;
export type ExceptionTickets = z.infer<typeof ExceptionTickets>;
export type NewExceptionTicket = z.infer<typeof NewExceptionTicket>;
