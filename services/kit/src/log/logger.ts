import { pino, type DestinationStream, type Logger } from 'pino';
import { currentContext } from './request-context.ts';

export type Log = Logger;

// Paths where a secret can stand in an object that somebody logs; messages never carry values of these.
const secrets = [
  'password',
  'secret',
  'token',
  'authorization',
  'cookie',
  'clientSecret',
  'client_secret',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'connectionString',
  'verifier',
];
// PostgreSQL quotes the row in these of an error's fields; its code, table and constraint say where it was.
const rowTexts = ['detail', 'where'];
const redact = {
  paths: [
    ...secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
    'headers["set-cookie"]',
    '*.headers["set-cookie"]',
    ...rowTexts.flatMap((name) => [`err.${name}`, `err.aggregateErrors[*].${name}`]),
    'err.config',
    'err.response',
    'err.request',
  ],
  censor: '[redacted]',
};

/** JSON lines on standard output; request, tenant, member and trace ids come from the running context. */
export const createLogger = ({
  service,
  level,
  destination,
}: {
  service: string;
  level: string;
  destination?: DestinationStream;
}): Log => {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: () => {
      const { requestId, tenantId, memberId, traceId } = currentContext();
      return {
        ...(requestId && { requestId }),
        ...(tenantId && { tenantId }),
        ...(memberId && { memberId }),
        ...(traceId && { traceId }),
      };
    },
    redact,
  };
  return destination ? pino(options, destination) : pino(options);
};
