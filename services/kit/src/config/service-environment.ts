import { z } from 'zod';
import { identityVariables } from '../azure/identity-settings.ts';
import { messageOf } from '../errors/message-of.ts';
import { traceVariables } from '../trace/trace-settings.ts';
import { httpUrl, listenHost, logLevel, port, postgresUrl } from './parse-environment.ts';
import { settingVariables } from './settings.ts';

/** What every service reads from its environment; a service adds its own variables to these. */
export const serviceVariables = {
  LOG_LEVEL: logLevel,
  PORT: port,
  INTERNAL_PORT: port,
  MANAGEMENT_PORT: port,
  LISTEN_HOST: listenHost,
  DATABASE_URL: postgresUrl,
  /** entra: the URL has no password, and the login is one that this pod's identity stands for. */
  DATABASE_SIGN_IN: z.enum(['password', 'entra']).default('password'),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(100).default(10),
  /** False only where an outdated PostgreSQL is nobody's risk: tests and one machine. */
  REQUIRE_SAFE_POSTGRES: z.stringbool().default(true),
  /** True while a person goes back to this release: its database may have migrations that it does not know. */
  ACCEPT_NEWER_SCHEMA: z.stringbool().default(false),
  /** `iss` of access tokens, and where their keys are. */
  ACCESS_TOKEN_ISSUER: httpUrl,
  ACCESS_TOKEN_KEYS_URL: httpUrl,
  /** `iss` of the cluster's service account tokens, and where their keys are. */
  SERVICE_TOKEN_ISSUER: z.url(),
  SERVICE_TOKEN_KEYS_URL: httpUrl,
  /** Proxies of ours in front of the public port: the last so many addresses of X-Forwarded-For are believed. */
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(5).default(0),
  /** Checks every answer against its schema; costs time, finds mistakes. */
  VALIDATE_ANSWERS: z.stringbool().default(false),
  ...traceVariables,
  ...settingVariables,
  ...identityVariables,
  READINESS_DELAY_MS: z.coerce.number().int().min(0).max(60_000).default(5_000),
  DRAIN_BUDGET_MS: z.coerce.number().int().min(0).max(120_000).default(20_000),
} as const;

/** Of every service but auth itself, which knows the sessions. */
export const sessionVariables = {
  /** The auth service's internal API: which sessions have ended. */
  AUTH_INTERNAL_URL: httpUrl,
  /** A projected service account token with the audience legendops-auth. */
  AUTH_TOKEN_PATH: z.string().min(1),
} as const;

/** Of a service that sends mail. */
export const mailVariables = {
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'expected an smtp:// URL' }),
  MAIL_FROM: z.string().min(3).default('LegendOps <no-reply@legendops.example>'),
} as const;

export type ServiceEnvironment = z.infer<z.ZodObject<typeof serviceVariables>>;

/** The configuration cannot be read: says why on standard error, without a stack, and ends the process. */
export const orExit = <Config>(read: () => Config): Config => {
  try {
    return read();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return process.exit(1);
  }
};

/** The same of what has to be asked for. */
export const settledOrExit = async <Config>(reading: Promise<Config>): Promise<Config> => {
  const settled = await Promise.allSettled([reading]);
  return orExit(() => {
    if (settled[0].status === 'rejected') throw settled[0].reason;
    return settled[0].value;
  });
};
