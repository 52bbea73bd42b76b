import { Timestamp } from '@legendops/kit/contract/values';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';

/** Whether Pax8 tells us of changes as they happen. */
export const Pax8Webhook = z
  .object({
    isOn: z.boolean(),
    turnedOnAt: Timestamp.nullable(),
    /** When Pax8 has told something last. */
    lastEventAt: Timestamp.nullable(),
    acts: z.object({ turnOn: Verdict, turnOff: Verdict }),
  })
  .meta({ id: 'Pax8Webhook' });

export type Pax8Webhook = z.infer<typeof Pax8Webhook>;
