import { httpUrl, parseEnvironment } from '@legendops/kit/config/parse-environment';
import { jobVariables } from '@legendops/kit/jobs/job-variables';
import { z } from 'zod';

export const variables = {
  ...jobVariables,
  BILLING_INTERNAL_URL: httpUrl,
  CURRENCY: z.string().regex(/^[A-Z]{3}$/),
  TIME_ZONE: z.string().min(1),
  /** invoice-run: the first day of the month to bill; by default the last closed one. */
  PERIOD: z.iso.date().optional(),
  /** usage-sync: the first day to read; by default what is missing, and the last week again. */
  SYNC_FROM: z.iso.date().optional(),
} as const;

export type JobEnvironment = z.infer<z.ZodObject<typeof variables>>;

export const readJobEnvironment = (environment: Record<string, string | undefined>): JobEnvironment =>
  parseEnvironment(variables, environment);
