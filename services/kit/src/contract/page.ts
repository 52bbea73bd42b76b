import { z } from 'zod';

export const maximumPageSize = 200;

/**
 * The longest cursor that a list of ours makes: a name of 512 characters, each six bytes of JSON, an id, the list's own name,
 * a third more in base64.
 */
export const longestCursor = 6_000;

/** Query of every list: how many rows, and the opaque cursor of the page before. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(maximumPageSize).default(50),
  cursor: z.string().max(longestCursor).optional(),
});

export type PageQuery = z.infer<typeof PageQuery>;

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), page: z.object({ next: z.string().nullable() }) });

export interface Page<Item> {
  data: Item[];
  page: { next: string | null };
}
