import { z } from 'zod';

export const identityVariables = {
  /** True where the sign-in authority is not one that Entra's instance discovery knows, as on one machine. */
  IDENTITY_IS_LOCAL: z.stringbool().default(false),
} as const;
