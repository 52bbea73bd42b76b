import { existsSync } from 'node:fs';
import { httpUrl, parseEnvironment } from '@legendops/kit/config/parse-environment';
import { readSecrets } from '@legendops/kit/config/read-secrets';
import { mailVariables, serviceVariables, sessionVariables } from '@legendops/kit/config/service-environment';
import { z } from 'zod';
import { teamsOrigins, workflowOrigins } from './notice/teams-origins.ts';

export const variables = {
  ...serviceVariables,
  ...sessionVariables,
  ...mailVariables,
  /** Where browsers find the portal. */
  PUBLIC_URL: httpUrl,
  /** The portal service's internal API: its feed of customers, and what SuperOps invoices them. */
  PORTAL_INTERNAL_URL: httpUrl,
  /** A projected service account token with the audience legendops-portal. */
  PORTAL_TOKEN_PATH: z.string().min(1),
  VAULT_URL: httpUrl,
  /** True where the vault's name is not below its resource's name, as on one machine. */
  VAULT_IS_LOCAL: z.stringbool().default(false),
  PAX8_URL: httpUrl,
  PAX8_AUDIENCE: z.string().default('https://api.pax8.com'),
  /** Pax8 allows 1,000 a minute and partner: 900 leave some room for people and other tools. */
  PAX8_CALLS_PER_MINUTE: z.coerce.number().int().min(1).default(900),
  /** Before /v3: https://quickbooks.api.intuit.com in production. */
  QUICKBOOKS_API_URL: httpUrl,
  QUICKBOOKS_AUTHORIZE_URL: httpUrl,
  QUICKBOOKS_TOKEN_URL: httpUrl,
  QUICKBOOKS_CLIENT_ID: z.string().min(1),
  QUICKBOOKS_CLIENT_SECRET_PATH: z.string().min(1),
  /** Where the verifier token of QuickBooks's webhooks is, once there is one: without it none is believed. */
  QUICKBOOKS_VERIFIER_PATH: z.string().min(1).optional(),
  /** Where channels of Teams have the addresses of their workflows, as origins, `*.` for names below one. */
  TEAMS_WEBHOOK_ORIGINS: teamsOrigins.prefault(workflowOrigins),
  /** 32 bytes in base64url, for the state of a connection under way. */
  STATE_KEY_PATH: z.string().min(1),
} as const;

export const readBillingConfig = (environment: Record<string, string | undefined>) => {
  const parsed = parseEnvironment(variables, environment);
  const { QUICKBOOKS_CLIENT_SECRET_PATH, STATE_KEY_PATH } = parsed;
  const secrets = readSecrets({ QUICKBOOKS_CLIENT_SECRET_PATH, STATE_KEY_PATH });
  const verifierPath = parsed.QUICKBOOKS_VERIFIER_PATH;
  return {
    ...parsed,
    quickBooksClientSecret: secrets.QUICKBOOKS_CLIENT_SECRET_PATH,
    quickBooksVerifier:
      verifierPath !== undefined && existsSync(verifierPath)
        ? readSecrets({ QUICKBOOKS_VERIFIER_PATH: verifierPath }).QUICKBOOKS_VERIFIER_PATH
        : undefined,
    stateKey: Buffer.from(secrets.STATE_KEY_PATH, 'base64url'),
  };
};
