import { z } from 'zod';

/** Where traces go; all programs of the platform read the same. */
export const traceVariables = {
  /** A collector's address of OTLP over HTTP, such as http://collector:4318/v1/traces. Without it nothing is recorded. */
  TRACES_URL: z.url({ protocol: /^https?$/, error: 'expected an http(s):// URL' }).optional(),
  /** The share of traces that are recorded; whoever continues a trace goes by whoever began it. */
  TRACES_SAMPLE_RATIO: z.coerce.number().min(0).max(1).default(0.1),
  /** A file with what the collector takes as `Authorization`. */
  TRACES_AUTHORIZATION_PATH: z.string().min(1).optional(),
  /** azure: the collector is Azure Monitor, which takes a token of this program's workload identity. */
  TRACES_SIGN_IN: z.enum(['none', 'azure']).default('none'),
} as const;

export type TraceSettings = z.infer<z.ZodObject<typeof traceVariables>>;
