import { z } from 'zod';

/**
 * Who did it. A person as they were called then: a name or an address that changes later changes nothing here. `vendor`: what a
 * vendor's answer made of it; `service`: our own background work.
 */
export const AuditAuthor = z.object({
  kind: z.enum(['member', 'job', 'operator', 'vendor', 'service']),
  /** Of a member. */
  id: z.uuid().nullable(),
  name: z.string(),
  email: z.string().nullable(),
});

/** What it was done to, called as the screen called it then. */
export const AuditSubject = z.object({ type: z.string(), id: z.string(), name: z.string() });

/** A plain field before and after, as text; null where there was or is nothing. */
export const AuditChange = z.object({
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

/** An entry on its way through a service's outbox. The act is not held to our list: a newer service may know more. */
export const AuditPayload = z.object({
  happenedAt: z.iso.datetime().regex(/:\d{2}(\.\d{1,6})?Z$/),
  act: z.string().min(1).max(100),
  author: AuditAuthor,
  subject: AuditSubject,
  changes: z.array(AuditChange),
  requestId: z.string().nullable(),
  traceId: z.string().nullable(),
});

export type AuditAuthor = z.infer<typeof AuditAuthor>;
export type AuditSubject = z.infer<typeof AuditSubject>;
export type AuditChange = z.infer<typeof AuditChange>;
export type AuditPayload = z.infer<typeof AuditPayload>;
