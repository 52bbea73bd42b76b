import { Id, LocalDate, Timestamp } from '@legendops/kit/contract/values';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';

/** That we invoice a customer, too, whom SuperOps invoices: the two bill different things. */
export const SuperOpsChoice = z
  .object({
    id: Id,
    customerId: Id,
    customerName: z.string(),
    /** Of one month, by its first day; null for all of them. */
    period: LocalDate.nullable(),
    chosenAt: Timestamp,
  })
  .meta({ id: 'SuperOpsChoice' });

export const SuperOpsChoices = z
  .object({ data: z.array(SuperOpsChoice), acts: z.object({ remove: Verdict }) })
  .meta({ id: 'SuperOpsChoices' });

export const NewSuperOpsChoice = z
  .strictObject({ customerId: Id, period: LocalDate.nullable() })
  .meta({ id: 'NewSuperOpsChoice' });

export type SuperOpsChoice = z.infer<typeof SuperOpsChoice>;
export type SuperOpsChoices = z.infer<typeof SuperOpsChoices>;
export type NewSuperOpsChoice = z.infer<typeof NewSuperOpsChoice>;
