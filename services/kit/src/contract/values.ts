import { z } from 'zod';

/** An id of ours. */
export const Id = z.uuid();

/** An id of a vendor's. Not every vendor's GUID is of a version and variant of RFC 9562. */
export const ForeignId = z.guid();

/** An instant, RFC 3339 with microseconds, as PostgreSQL prints it in UTC. */
export const Timestamp = z.string().meta({ format: 'date-time' });

/** A calendar date of the tenant, YYYY-MM-DD. */
export const LocalDate = z.iso.date();

/** An amount in minor units of its currency, as a decimal string: int64 does not fit into a JSON number. */
export const AmountMinor = z.string().regex(/^-?\d{1,19}$/);

/** ISO 4217. */
export const Currency = z.string().regex(/^[A-Z]{3}$/);

/** Changes with every write; sent back in If-Match. */
export const Version = z.number().int().positive();
