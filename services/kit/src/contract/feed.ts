import { z } from 'zod';

/** A feed between services: who writes it and who follows it name the same one, so neither can mean another payload. */
export interface Feed<Payload = Record<string, unknown>> {
  topic: string;
  payload: z.ZodType<Payload>;
}

/** One change of an entity, as its service wrote it in the transaction of the change. */
export const FeedEvent = z
  .object({
    cursor: z.string(),
    tenantId: z.uuid(),
    entityId: z.uuid(),
    entityVersion: z.number().int(),
    payload: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'FeedEvent' });

export const FeedPage = z.object({ data: z.array(FeedEvent), next: z.string() }).meta({ id: 'FeedPage' });

export type FeedEvent = z.infer<typeof FeedEvent>;
export type FeedPage = z.infer<typeof FeedPage>;
