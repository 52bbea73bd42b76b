import type { Response } from 'express';
import { randomUUID } from 'node:crypto';

export type OAuthError = { status: number; error: string; code: number; message: string };

/** An error of the token endpoint in Entra ID's shape: clients read the AADSTS number. */
export const sendOAuthError = (res: Response, { status, error, code, message }: OAuthError, now: Date) =>
  res.status(status).json({
    error,
    error_description: `AADSTS${code}: ${message}`,
    error_codes: [code],
    timestamp: now.toISOString(),
    trace_id: randomUUID(),
    correlation_id: randomUUID(),
  });
