import { z } from 'zod';

/** Every variable that is missing or wrong, one line each, so that one restart fixes all of them. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * Parses environment variables by a zod object whose keys are the variables' names.
 * Throws ConfigurationError that lists every bad variable; values are never printed, they may be secrets.
 */
export const parseEnvironment = <Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: Record<string, string | undefined>,
): z.infer<z.ZodObject<Shape>> => {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = z.object(shape).safeParse(present);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return present[name] === undefined ? `${name} is missing` : `${name}: ${issue.message}`;
  });
  throw new ConfigurationError(`Configuration is not usable:\n${lines.map((line) => `  - ${line}`).join('\n')}`);
};

/** A port of this machine; 0 asks the system for a free one. */
export const port = z.coerce.number().int().min(0).max(65_535);

/** The address that ports listen on: this machine alone, unless it is a container, where `0.0.0.0` or `::` is all of them. */
export const listenHost = z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1');

export const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'expected a postgres:// URL' });

export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'expected an http(s):// URL' })
  .transform((url) => url.replace(/\/$/, ''));

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export const logLevel = z.enum(logLevels).default('info');
