import { z } from 'zod';
import { roles } from './permissions.ts';

/** Who works for an organisation and may sign in, as auth tells other services: no guest, and nobody who was put out. */
export const Staff = z
  .object({
    data: z.array(z.object({ id: z.uuid(), name: z.string(), email: z.string(), role: z.enum(roles) })),
  })
  .meta({ id: 'Staff' });

export type Staff = z.infer<typeof Staff>;
