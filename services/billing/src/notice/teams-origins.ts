import { z } from 'zod';

// With a port, or none; `*.` stands for one name or more before what follows.
const origin = /^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/;

/**
 * Where workflows of Teams have their addresses, as origins. What a tenant gives is asked by us from inside of our network: nothing
 * else is. Workflows are given addresses below the first; the second is that of logic apps.
 */
export const workflowOrigins = 'https://*.environment.api.powerplatform.com,https://*.logic.azure.com';

export const teamsOrigins = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim().toLowerCase()))
  .pipe(z.array(z.string().regex(origin, 'expected origins as https://*.host, separated by commas')).min(1));
