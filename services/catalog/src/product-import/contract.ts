import { z } from 'zod';

export const longestFile = 1_000_000;

/**
 * Products as text. `csv`: a table whose first line names the columns, `sku` among them. `device-types`: device types as
 * NetBox's library has them (YAML), one or several documents.
 */
export const ProductFile = z
  .strictObject({
    format: z.enum(['csv', 'device-types']).default('csv'),
    text: z.string().min(1).max(longestFile),
  })
  .meta({ id: 'ProductFile' });

export const RowFate = z.enum(['new', 'changed', 'unchanged', 'refused']).meta({ id: 'RowFate' });

/** What becomes of one row. */
export const ImportRow = z
  .object({
    line: z.number().int(),
    sku: z.string(),
    name: z.string(),
    fate: RowFate,
    changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
    errors: z.array(z.object({ field: z.string(), detail: z.string() })),
  })
  .meta({ id: 'ImportRow' });

/** What an import does, or did: every row of the file, and the categories that it adds. */
export const ImportOutcome = z
  .object({
    counts: z.object({
      new: z.number().int(),
      changed: z.number().int(),
      unchanged: z.number().int(),
      refused: z.number().int(),
    }),
    newCategories: z.array(z.string()),
    rows: z.array(ImportRow),
  })
  .meta({ id: 'ImportOutcome' });

export type ProductFile = z.infer<typeof ProductFile>;
export type RowFate = z.infer<typeof RowFate>;
export type ImportRow = z.infer<typeof ImportRow>;
export type ImportOutcome = z.infer<typeof ImportOutcome>;
