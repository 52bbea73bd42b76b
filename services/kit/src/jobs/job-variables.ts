import { z } from 'zod';
import { logLevel } from '../config/parse-environment.ts';

/** What the operator tells every job. */
export const jobVariables = {
  LOG_LEVEL: logLevel,
  TENANT_ID: z.uuid(),
  TENANT_NAME: z.string().min(1),
  /** True while a person goes back to the release before (decision 0036). */
  ACCEPT_NEWER_SCHEMA: z.stringbool().default(false),
  /** A folder with the files of the Secret `database`. */
  DATABASE_SECRET_PATH: z.string().min(1),
  /** The pod's service account token for the service that the job asks. */
  SERVICE_TOKEN_PATH: z.string().min(1),
  /** Kubernetes ends a job so long after its first start; a vendor that is to be waited for longer is left for the next run. */
  DEADLINE_SECONDS: z.coerce.number().int().min(300).default(7_200),
} as const;

export type JobVariables = z.infer<z.ZodObject<typeof jobVariables>>;
