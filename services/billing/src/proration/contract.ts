import { LocalDate } from '@legendops/kit/contract/values';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';

export const Proration = z.enum(['actual', 'thirty-actual', 'thirty-360']).meta({ id: 'Proration' });

/** How days of a month become a share of its price, since the first day of a month. */
export const ProrationSetting = z
  .object({ proration: Proration, validFrom: LocalDate, acts: z.object({ change: Verdict }) })
  .meta({ id: 'ProrationSetting' });
export const NewProration = z
  .strictObject({ proration: Proration, validFrom: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-01$/) })
  .meta({ id: 'NewProration' });

export type Proration = z.infer<typeof Proration>;
export type ProrationSetting = z.infer<typeof ProrationSetting>;
export type NewProration = z.infer<typeof NewProration>;
