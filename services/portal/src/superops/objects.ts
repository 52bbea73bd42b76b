import { z } from 'zod';

// What we read of the vendor's objects. An id is digits up to twenty, or a bare number: never a Number of ours, which holds
// fifteen. A field that is missing is the connection's error; a value that we do not know is data.

export const SuperOpsId = z.string().regex(/^\d{1,20}$/);

export const Client = z.object({
  accountId: SuperOpsId,
  name: z.string().min(1),
  stage: z.string(),
  emailDomains: z.array(z.string().nullable()).nullable(),
});

export type Client = z.infer<typeof Client>;
