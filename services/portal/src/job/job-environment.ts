import { httpUrl, parseEnvironment } from '@legendops/kit/config/parse-environment';
import { jobVariables } from '@legendops/kit/jobs/job-variables';
import type { z } from 'zod';

export const variables = { ...jobVariables, PORTAL_INTERNAL_URL: httpUrl } as const;

export type JobEnvironment = z.infer<z.ZodObject<typeof variables>>;

export const readJobEnvironment = (environment: Record<string, string | undefined>): JobEnvironment =>
  parseEnvironment(variables, environment);
