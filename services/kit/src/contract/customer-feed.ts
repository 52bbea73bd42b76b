import { z } from 'zod';
import { ForeignId } from './values.ts';

/**
 * What portal tells of a customer, and billing keeps a copy of. A field that is added later has a default: events that were
 * written before it are read as well, and customers that nobody changes are told of by no event.
 */
export const customerFeed = {
  topic: 'customers',
  payload: z.object({
    name: z.string(),
    pax8CompanyId: ForeignId.nullable(),
    state: z.enum(['active', 'archived']),
  }),
} as const;
